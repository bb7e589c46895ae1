import { parseMailbox } from '../../src/base/index.ts'
import type { DoctorServices, Newsletter } from '../../src/doctor/index.ts'
import { makeFolder } from '../helpers/folder.ts'
import { ED25519, RSA } from './keys.ts'
import type { Differences } from './zones/index.ts'

/** A folder with the keys of the zones. */
export function makeKeyFolder(): string {
  return makeFolder({ 'dkim/s1.pem': RSA, 'dkim/e1.pem': ED25519 })
}

/** The newsletter that the zones are about. */
export function makeNewsletter(own: Differences = {}): Newsletter {
  const { from = 'Ada <ada@news.example.com>', dkimDomain = 'news.example.com' } = own
  const { bounces = 'b.news.example.com', smtpHost = 'smtp.relay.example' } = own
  const mailbox = parseMailbox(from)
  if (!mailbox) throw new TypeError(`${from} is no mailbox`)
  return {
    name: 'Test Letter',
    from: mailbox,
    url: 'https://news.example.com',
    postalAddress: '1 Example Street',
    reason: 'You signed up.',
    leavesByMail: false,
    dkim: {
      domain: dkimDomain,
      selector: 's1',
      keyFile: 'dkim/s1.pem',
      ed25519: { selector: 'e1', keyFile: 'dkim/e1.pem' },
    },
    bounces: { domain: bounces },
    smtp: { url: `smtps://ada:hunter2-and-more@${smtpHost}:465`, connections: 1 },
  }
}

/** A house with nothing in it. */
export function makeServices(root: string, own: Partial<DoctorServices> = {}): DoctorServices {
  return {
    root,
    configFile: 'letterpress.config.ts',
    secret: undefined,
    storeFile: undefined,
    readStore: async () => await Promise.resolve({}),
    largestMessage: async () => await Promise.resolve(undefined),
    testLink: () => undefined,
    ...own,
  }
}
