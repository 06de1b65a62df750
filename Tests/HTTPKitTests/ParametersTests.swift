import Testing

@testable import HTTPKit

struct `Parameters of a request` {
    /// What a query is read as, or the names of what is wrong with it, in order.
    private static func read(_ query: String) -> (value: String?, faults: [String]) {
        let incoming = Incoming(query: query[...])
        do throws(Problem) {
            return (try incoming.question(Things.question, names: ["limit", "colour"]), [])
        } catch {
            return (nil, error.faults.map(\.location.1))
        }
    }

    @Test(arguments: [
        ("", "3 0"), ("limit=4", "4 0"), ("colour=blue&limit=1", "1 2"), ("l%69mit=4&&", "4 0"),
        ("colour=r%65d", "3 1"),
    ])
    func `are read, with defaults`(query: String, value: String) {
        #expect(Self.read(query).value == value)
    }

    @Test(arguments: [
        ("limit=0", ["limit"]), ("limit=11", ["limit"]), ("limit=x&colour=green", ["limit", "colour"]),
        ("limit=1&limit=1", ["limit"]), ("limit", ["limit"]), ("limit=%zz", ["limit"]), ("limit=+1", ["limit"]),
        ("limit=7&colour=red", ["colour"]), ("what=1", ["what"]), ("what=1&limit=0&why=2", ["what", "why", "limit"]),
        ("%FF=1", ["?"]), ("=1", [""]), ("LIMIT=1", ["LIMIT"]), ("limit=1&l%69mit=1&limit=1", ["limit"]),
    ])
    func `that are wrong are named, all at once`(query: String, names: [String]) {
        let read = Self.read(query)
        #expect(read.value == nil)
        #expect(read.faults == names)
    }

    @Test func `of a group that has a fault do not hide the faults of others`() {
        let pair = Parameters(Things.limit, Things.colour) { _, limit, colour in (limit, colour) }
        let group = Parameters(
            pair, Parameter.header("Key", .text(1...3), "A key.", missing: "is missing")
        ) { _, pair, key in "\(pair) \(key)" }
        let incoming = Incoming(query: "limit=0&colour=x&z=1")
        #expect {
            _ = try incoming.question(group, names: ["limit", "colour"])
        } throws: { error in
            (error as? Problem)?.faults.map(\.location.1) == ["z", "limit", "colour", "Key"]
        }
    }

    @Test func `of a path that is no such value lead nowhere, unless something else is wrong as well`() {
        let place = Parameter.path("id", .integer(1...9), "Which.", unknown: .unknown("thing"))
        let asked = Parameters(place, Things.limit) { _, id, limit in (id, limit) }
        func refusal(_ query: String, id: String) -> Problem? {
            var incoming = Incoming(query: query[...])
            incoming.parts.path = [("id", id)]
            do throws(Problem) {
                _ = try incoming.question(asked, names: ["limit"])
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal("limit=2", id: "3") == nil)
        #expect(refusal("limit=2", id: "x")?.kind == .unknown("thing"))
        #expect(refusal("limit=0", id: "x")?.kind == .invalidParameter)
        #expect(refusal("limit=0", id: "x")?.faults.count == 2)
    }

    @Test func `are equal under one name, whatever their order`() {
        let names = Parameter.canonical(without: ["page"])
        func name(_ query: String) -> String? {
            try? Incoming(query: query[...]).question(names, names: ["a", "b", "page"])
        }
        #expect(name("b=2&a=1&page=9") == name("a=1&b=%32"))
        #expect(name("a=1") != name("a=2"))
    }

    @Test func `that are not known are ignored where nobody's are`() throws {
        let incoming = Incoming(query: "utm=1&limit=2&limit=2&%zz")
        #expect(try incoming.question(Parameters.none, names: nil) == ())
    }
}
