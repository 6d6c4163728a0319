import { ResourceProperties } from '../../simulator/services/resource-properties';

const KNOWN = { modelled: ['Name', 'Size', 'On', 'List', 'Inner'], harmless: ['Tags'] };

function read(properties: ConstructorParameters<typeof ResourceProperties>[1]): ResourceProperties {
  return new ResourceProperties('AWS::Test::Thing Thing', properties, KNOWN);
}

describe('ResourceProperties', () => {
  test('refuses an unknown property by name and says what is modelled', () => {
    expect(() => read({ Colour: 'red' })).toThrow(
      'AWS::Test::Thing Thing: property Colour is not modelled. Leave it out, or model it; modelled: Name, Size, On, List, Inner.',
    );
  });

  test('lets harmless and undefined properties pass', () => {
    expect(() => read({ Tags: [], Colour: undefined })).not.toThrow();
  });

  test('reads numbers and booleans that are written as strings', () => {
    const reader = read({ Size: '60', On: 'true' });

    expect([reader.number('Size'), reader.optionalBoolean('On')]).toEqual([60, true]);
  });

  test.each([
    [() => read({}).string('Name'), 'Name must be given, got undefined.'],
    [() => read({ Name: 5 }).string('Name'), 'Name must be a string, got 5.'],
    [() => read({ Size: 'big' }).number('Size'), 'Size must be a number, got "big".'],
    [() => read({ Size: '' }).number('Size'), 'Size must be a number, got "".'],
    [() => read({ On: 'yes' }).optionalBoolean('On'), 'On must be true or false, got "yes".'],
    [() => read({ List: 'a' }).strings('List'), 'List must be a list, got "a".'],
    [() => read({ List: [1] }).strings('List'), 'List must be a list of strings, got 1.'],
    [() => read({ List: ['a'] }).objects('List', KNOWN), 'List must be a list of objects, got "a".'],
    [() => read({ Inner: [] }).object('Inner', KNOWN), 'Inner must be an object, got [].'],
    [() => read({ Name: 'c' }).oneOf('Name', ['a', 'b']), 'Name "c" is not modelled. Use one of a, b.'],
    [() => read({ Inner: { Colour: 1 } }).object('Inner', KNOWN), 'Inner: property Colour is not modelled.'],
  ])('says in one line what is wrong (%#)', (act, message) => {
    expect(act).toThrow(message);
  });
});
