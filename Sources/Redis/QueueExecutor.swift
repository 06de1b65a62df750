import Dispatch

/// Runs an actor on a thread of its own queue, so that blocking calls hold up no thread of the cooperative pool.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    /// Runs `body` on the queue after `delay`, without a task, which would cost a second change of threads.
    func run(after delay: Duration = .zero, _ body: @escaping @Sendable () -> Void) {
        if delay > .zero {
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(delay.wholeMilliseconds)), execute: body)
        } else {
            queue.async(execute: body)
        }
    }
}
