/** Server-sent events of one stream, in the order in which they came. */
export interface Events {
  /** The data of the next event of this name that fits; earlier ones are passed over. */
  next<T>(name: string, fits?: (data: T) => boolean): Promise<T>
  close(): void
}

interface Heard {
  readonly name: string
  readonly data: unknown
}

export function connectEvents(url: string): Events {
  const stop = new AbortController()
  const heard: Heard[] = []
  let wake: () => void = () => undefined
  const listen = async () => {
    const { body } = await fetch(url, { signal: stop.signal })
    let text = ''
    for await (const part of (body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const blocks = `${text}${part}`.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const name = /^event: (.*)$/m.exec(block)?.[1]
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (name !== undefined && data !== undefined) heard.push({ name, data: JSON.parse(data) as unknown })
      }
      wake()
    }
  }
  // It ends when it is closed.
  listen().catch(() => undefined)
  return {
    async next<T>(name: string, fits: (data: T) => boolean = () => true) {
      for (;;) {
        for (let event = heard.shift(); event; event = heard.shift())
          if (event.name === name && fits(event.data as T)) return event.data as T
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    close: () => stop.abort(),
  }
}
