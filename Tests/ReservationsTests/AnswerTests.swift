import Foundation
import Harness
import Postgres
import Testing

@testable import Reservations

/// The words that the functions answer are written twice, in SQL and in Swift.
struct AnswerTests {
    /// Every word that a function of the schema answers, with the function.
    private static func words() async throws -> [(function: String, word: String)] {
        let store = try await Store.migrated()
        let functions = try await store.owner { connection in
            try connection.query(
                """
                SELECT proname::text, prosrc FROM pg_proc
                WHERE pronamespace = 'public'::regnamespace
                    AND prosrc LIKE '%outcome%'
                """
            ).map { try $0.decode(String.self, String.self) }
        }
        return functions.flatMap { name, source in
            source.matches(of: #/"outcome": "(?<json>[^"]*)"|'outcome', '(?<built>[^']*)'/#).map { match in
                (name, String(match.output.json ?? match.output.built ?? ""))
            }
        }
    }

    @Test func `Swift knows the words that the functions answer, and no others`() async throws {
        let words = try await Self.words()
        #expect(Set(words.map(\.word)) == Set(Answer.Outcome.allCases.map(\.rawValue)))
        // Blocks are told apart from all the rest, since they know two of them.
        #expect(Set(words.filter { $0.function == "block_time" }.map(\.word)) == ["ok", "slot-taken"])
    }

    @Test func `what is kept under a key are words that are answered`() async throws {
        let store = try await Store.migrated()
        let source = try await store.owner { connection in
            try connection.query("SELECT prosrc FROM pg_proc WHERE proname = 'keep_answer'")[0].decode(String.self)
        }
        let words = source.matches(of: #/'([a-z]+(?:-[a-z]+)*)'/#).map { String($0.1) }
        let known = Set(Answer.Outcome.allCases.map(\.rawValue))
        #expect(Set(words).subtracting(known) == ["outcome", "window", "off"])
        #expect(Set(words).intersection(known).count >= 7)
    }

    @Test func `an answer of another word is an error that names it`() {
        let document = Array(#"{"outcome": "sold-out"}"#.utf8)
        let error = #expect(throws: ReservationError.self) { try Answer(document) }
        #expect("\(error!)" == #"a reservation failed: the database answered "sold-out""#)
    }
}
