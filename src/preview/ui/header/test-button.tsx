import { Button } from '@mantine/core'
import type { IssueBody } from '../../api.ts'
import { formatRoute, type IssueRoute } from '../route.ts'

interface TestButtonProps {
  readonly body: IssueBody
  readonly route: IssueRoute
}

/** Leads to the sending of a test. */
export function TestButton({ route }: TestButtonProps) {
  return (
    <Button size="xs" component="a" href={formatRoute({ ...route, view: 'test', at: undefined })}>
      Send a test
    </Button>
  )
}
