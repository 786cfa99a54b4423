import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { previewAlert } from './preview.ts';

const family = '👩‍👩‍👧‍👦';

describe('the preview of an alert', () => {
  it('cuts as each browser does, and shows a picture where it does', () => {
    const alert = { title: 'x'.repeat(60), body: 'A word '.repeat(20).trim(), picture: 'id' };
    const previews = new Map(previewAlert(alert, undefined).map((each) => [each.where, each]));
    const windows = previews.get('Chrome and Edge on Windows')!;
    assert.deepEqual([windows.isTitleCut, windows.isBodyCut, windows.hasPicture], [false, false, true]);
    const firefox = previews.get('Firefox on Windows')!;
    assert.deepEqual([firefox.isTitleCut, firefox.hasPicture], [true, false]);
    assert.equal(firefox.title, `${'x'.repeat(54)}…`);
    assert.ok([...previews.keys()].some((where) => /Safari/.test(where)));
    assert.ok([...previews.keys()].some((where) => /Android/.test(where)));
  });

  it('never cuts within a letter, and gives wide letters their room', () => {
    for (const { title } of previewAlert(
      { title: family.repeat(80), body: '', picture: undefined },
      undefined,
    ))
      assert.match(title, new RegExp(`^(?:${family})+…$`));
    const [windows] = previewAlert(
      { title: '港'.repeat(60), body: '', picture: undefined },
      { language: 'zh' },
    );
    assert.equal(windows!.title, `${'港'.repeat(34)}…`);
  });
});
