import type { Command } from 'commander';
import { openApiDocument } from '../../operations';

export function addOpenApiCommand(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI 3.1 document of the public interface')
    .action(() => void process.stdout.write(`${JSON.stringify(openApiDocument(), null, 2)}\n`));
}
