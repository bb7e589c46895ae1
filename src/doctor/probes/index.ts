import type { Probe } from '../probe.ts'
import { alignment } from './alignment.ts'
import { bounces } from './bounces.ts'
import { clock } from './clock.ts'
import { disk } from './disk.ts'
import { dkim } from './dkim.ts'
import { dmarcReports } from './dmarc-reports.ts'
import { dmarc } from './dmarc.ts'
import { fileModes } from './file-modes.ts'
import { imprint } from './imprint.ts'
import { keys } from './keys.ts'
import { oneClick } from './one-click.ts'
import { resolver } from './resolver.ts'
import { reverse } from './reverse.ts'
import { secretInGit } from './secret-in-git.ts'
import { secret } from './secret.ts'
import { sender } from './sender.ts'
import { site } from './site.ts'
import { smtpCertificate } from './smtp-certificate.ts'
import { smtpExtensions } from './smtp-extensions.ts'
import { smtp } from './smtp.ts'
import { spf } from './spf.ts'
import { store } from './store.ts'

/** Every probe, in the order in which they are told. */
export const PROBES: readonly Probe[] = [
  sender,
  site,
  imprint,
  secret,
  secretInGit,
  fileModes,
  keys,
  smtp,
  smtpCertificate,
  smtpExtensions,
  store,
  disk,
  clock,
  resolver,
  spf,
  dkim,
  dmarc,
  dmarcReports,
  alignment,
  bounces,
  reverse,
  oneClick,
]
