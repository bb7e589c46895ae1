import { defineConfig, env } from 'letterpress/define'

/** The newsletter of the shipped examples. */
export default defineConfig({
  name: 'LLM Papers Weekly',
  from: 'Ada Example <ada@news.example.com>',
  replyTo: 'ada@example.com',
  url: 'https://news.example.com',
  language: 'en-GB',
  postalAddress: '1 Example Street, 12345 Exampletown',
  reason: 'You signed up at news.example.com.',
  smtp: { url: env('SMTP_URL') },
  blocks: {
    ebook: {
      type: 'promo',
      title: 'Build a data-science portfolio that gets you hired',
      url: 'https://example.com/ebook',
      action: 'Get the e-book',
      body: 'A portfolio shows what a CV can only claim: how you pick a question, clean the data and explain the answer. This e-book says why it matters and takes you step by step from the first project to one you can bring to an interview.',
    },
  },
})
