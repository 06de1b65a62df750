/// One connection of a client: takes what waits there, sends it in one go and hands out the replies in order.
///
/// It blocks, on its own queue. It connects when there is something to send. After any failure it closes, so that a
/// late reply can never be taken for the answer to a later command.
actor Connection {
    private let configuration: Configuration
    private let executor: QueueExecutor
    private var handle: Handle?
    private var wasConnected = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ configuration: Configuration, label: String) {
        self.configuration = configuration
        executor = QueueExecutor(label: label)
    }

    /// Serves `client` until nothing waits.
    nonisolated func wake(for client: Client) {
        executor.run { self.assumeIsolated { $0.serve(client) } }
    }

    /// Connects anew after `delay` and reports the outcome, unless the client is gone by then.
    nonisolated func probe(for client: Client, after delay: Duration) {
        executor.run(after: delay) { [weak client] in
            guard let client, client.beginProbe() else { return }
            self.assumeIsolated { $0.probe(client) }
        }
    }

    /// Closes once what runs is done.
    nonisolated func close() {
        executor.run { self.assumeIsolated { $0.handle = nil } }
    }

    private func serve(_ client: Client) {
        while let batch = client.nextBatch(for: self) {
            let outcome = exchange(batch, client)
            client.settle(batch, outcome)
        }
    }

    private func probe(_ client: Client) {
        handle = nil
        do throws(ConnectionFailure) {
            try connect(client)
            client.endProbe(failure: nil)
        } catch {
            client.endProbe(failure: error)
        }
    }

    private func exchange(_ batch: [Request], _ client: Client) -> Outcome {
        if handle?.isStale == true { handle = nil }
        if handle == nil {
            do throws(ConnectionFailure) { try connect(client) } catch {
                return Outcome(replies: [], failure: error, isConnected: false)
            }
        }
        var outcome = Outcome(replies: [], failure: nil, isConnected: true)
        let deadline = ContinuousClock.now + configuration.commandTimeout
        do throws(ConnectionFailure) {
            for request in batch {
                for command in request.commands { try handle?.append(command) }
            }
            try handle?.flush(until: deadline)
            for request in batch {
                outcome.replies.append(try replies(request.commands.count, until: deadline))
            }
            try requireNothingMore()
        } catch {
            handle = nil
            outcome.failure = error
            // With a reply too many, who can say which one it is.
            if error.kind == .protocol { outcome.replies = [] }
        }
        return outcome
    }

    private func replies(_ count: Int, until deadline: ContinuousClock.Instant) throws(ConnectionFailure) -> [Reply] {
        var replies: [Reply] = []
        replies.reserveCapacity(count)
        for _ in 0..<count {
            guard let reply = try handle?.reply(until: deadline) else { break }
            replies.append(reply)
        }
        return replies
    }

    /// A reply too many would be taken for the answer to the next command.
    private func requireNothingMore() throws(ConnectionFailure) {
        if handle?.hasUnreadInput == true {
            throw ConnectionFailure(kind: .protocol, message: "a reply that answers no command")
        }
    }

    /// Connects, authenticates, selects the database and sees that it is Redis that answers.
    private func connect(_ client: Client) throws(ConnectionFailure) {
        var greeting: [Command] = []
        if let password = configuration.password {
            greeting.append(Command("AUTH", ([configuration.user, password].compactMap { $0 }).map(\.argumentBytes)))
        }
        if configuration.database > 0 { greeting.append(["SELECT", String(configuration.database)]) }
        greeting.append(.ping)
        let deadline = ContinuousClock.now + configuration.connectTimeout
        do throws(ConnectionFailure) {
            handle = try Handle(configuration.endpoint, limit: configuration.connectTimeout)
            for command in greeting { try handle?.append(command) }
            try handle?.flush(until: deadline)
            let replies = try replies(greeting.count, until: deadline)
            if let refusal = replies.lazy.compactMap(\.failure).first {
                throw ConnectionFailure(kind: .server, message: refusal)
            }
            try requireNothingMore()
        } catch {
            handle = nil
            throw error
        }
        client.connected(isReconnect: wasConnected)
        wasConnected = true
    }
}
