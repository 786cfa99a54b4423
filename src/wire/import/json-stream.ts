import { AppError } from '../../platform/errors.ts';

const longest = 64 * 1024 * 1024;

/**
 * The objects of a JSON text as their own texts, one at a time: a single object, an array of them, one a line, or
 * one after the other. Nothing is parsed here, so one that is broken does not take the others with it.
 * @throws AppError `import.json` when the text ends within an object, or an object is longer than 64 MiB
 */
export async function* jsonObjects(text: AsyncIterable<string>): AsyncGenerator<string> {
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let gathered = '';
  for await (const chunk of text) {
    let start = depth > 0 ? 0 : -1;
    for (let index = 0; index < chunk.length; index += 1) {
      const code = chunk.charCodeAt(index);
      if (isString) {
        if (isEscaped) isEscaped = false;
        else if (code === 92) isEscaped = true;
        else if (code === 34) isString = false;
        continue;
      }
      // Strings, brackets and braces of the outermost array are not part of any object.
      if (code === 34 && depth > 0) isString = true;
      else if (code === 123) {
        if (depth === 0) start = index;
        depth += 1;
      } else if (code === 125 && depth > 0) {
        depth -= 1;
        if (depth === 0) {
          yield gathered + chunk.slice(start, index + 1);
          gathered = '';
          start = -1;
        }
      }
    }
    if (depth > 0) gathered += start >= 0 ? chunk.slice(start) : '';
    if (gathered.length > longest)
      throw new AppError('import.json', 'An object in the file is longer than 64 MiB.');
  }
  if (depth > 0) throw new AppError('import.json', 'The file ends in the middle of an object.');
}
