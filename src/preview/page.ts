/** The studio's page. @param nonce - of the policy it is served with. */
export async function renderPage(nonce: string): Promise<string> {
  return await Promise.resolve(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Letterpress</title><style nonce="${nonce}"></style>`,
  )
}
