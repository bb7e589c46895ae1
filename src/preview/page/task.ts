/** Runs one job at a time. */
export interface Task {
  /** Starts the job; while it runs, it is run once more afterwards, however often this is called. */
  run(): void
}

/** @param job - reports its own failures. */
export function createTask(job: () => Promise<void>): Task {
  let isRunning = false
  let isWanted = false
  const work = async () => {
    isRunning = true
    while (isWanted) {
      isWanted = false
      await job()
    }
    isRunning = false
  }
  return {
    run() {
      isWanted = true
      if (!isRunning) void work()
    },
  }
}
