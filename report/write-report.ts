import { access, constants, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ReportWriteError } from './errors';

/**
 * Puts the text at the path, whole or not at all: it is written beside it and then renamed over it. The folder must
 * exist; a mistyped path makes no folders.
 *
 * @throws ReportWriteError with one line for the person who chose the path
 */
export async function writeReport(path: string, text: string): Promise<void> {
  await checkWritable(path);
  // A device or a pipe is written to: renaming over it would put a file in its place.
  if (await isSpecial(path)) return writeFile(path, text);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw notWritable(path, reasonOf(error));
  }
}

/**
 * Whether a report could be written there, asked before a run rather than after it.
 *
 * @throws ReportWriteError with one line for the person who chose the path
 */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  try {
    if (!(await stat(folder)).isDirectory()) throw notWritable(path, `${folder} is not a folder`);
    await access(folder, constants.W_OK);
  } catch (error) {
    throw error instanceof ReportWriteError ? error : notWritable(path, reasonOf(error, folder));
  }
  const present = await stat(path).catch(() => undefined);
  if (present?.isDirectory() === true) throw notWritable(path, 'it is a folder');
}

async function isSpecial(path: string): Promise<boolean> {
  const present = await stat(path).catch(() => undefined);
  return present !== undefined && !present.isFile();
}

function notWritable(path: string, reason: string): ReportWriteError {
  return new ReportWriteError(
    `Cannot write "${path}": ${reason}. Choose a file in a folder that exists and that you may write to.`,
  );
}

function reasonOf(error: unknown, folder?: string): string {
  const { code = String(error) } = error as { readonly code?: string };
  if (code === 'ENOENT')
    return folder === undefined ? 'the folder does not exist' : `the folder ${folder} does not exist`;
  if (code === 'ENOTDIR') return 'a part of the path is a file, not a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'permission is denied';
  if (code === 'EROFS') return 'the file system is read-only';
  return code === 'ENOSPC' ? 'the disk is full' : code;
}
