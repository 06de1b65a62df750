import Foundation
import Harness
import JSON
import Testing

@testable import HTTPKit

struct `Paths and methods of every operation` {
    @Test func `are found as they are written, and no other way`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() {
            let path = law.path()
            let wrong = [
                path + "/", "/" + path, path.replacing("/", with: "//", maxReplacements: 2), path + "/x/y/z",
                path.uppercased(),
            ]
            for target in wrong {
                let reply = try await door.ask(target + Law.query(law.query))
                // `/DOCS` is nothing, and so is `/v1/SALONS`.
                #expect(reply.status == 404, "\(target): \(reply.status)")
                #expect(reply["content-type"] == "application/problem+json")
            }
        }
    }

    @Test func `are 405 for any other method, which names those that there are`() async throws {
        let door = try await Door.shared()
        let laws = try await Law.all()
        for (path, operations) in Dictionary(grouping: laws, by: \.operation.path) {
            var methods = operations.map(\.operation.method.rawValue)
            if methods.contains("GET") { methods.append("HEAD") }
            if operations.contains(where: { $0.operation.crossOrigin == .open }) { methods.append("OPTIONS") }
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"] where !methods.contains(method)
            {
                let reply = try await door.ask(operations[0].path(), method: method, body: [])
                #expect(reply.status == 405, "\(method) \(path)")
                #expect(reply.problem == "method-not-allowed")
                #expect(Set(reply["allow"]?.components(separatedBy: ", ") ?? []) == Set(methods), "\(path)")
            }
        }
    }

    @Test func `answer HEAD as GET, without the body`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() where law.operation.method == .get {
            let target = law.path() + Law.query(law.query)
            let whole = try await door.ask(target)
            let head = try await door.ask(target, method: "HEAD")
            #expect(head.status == whole.status, "\(law.testDescription)")
            #expect(head.body.isEmpty)
            #expect(head["content-type"] == whole["content-type"])
            #expect(Set(head.fields.map(\.name)) == Set(whole.fields.map(\.name)), "\(law.testDescription)")
        }
    }

    @Test func `are open to pages as the operation says, and to no credentials of a browser`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() {
            let fields = ["Origin: https://elsewhere.example"]
            let reply = try await law.ask(door, fields: fields)
            let isOpen = law.operation.crossOrigin == .open
            #expect(reply["access-control-allow-origin"] == (isOpen ? "*" : nil), "\(law.testDescription)")
            #expect(reply["access-control-allow-credentials"] == nil)
            let preflight = try await door.ask(law.path(), method: "OPTIONS", fields: fields)
            #expect(preflight.status == (isOpen ? 204 : 405), "\(law.testDescription)")
            let methods = preflight["access-control-allow-methods"]?.components(separatedBy: ", ") ?? []
            #expect(methods.contains(law.operation.method.rawValue) == isOpen)
            let sent = preflight["access-control-allow-headers"]?.components(separatedBy: ", ") ?? []
            if isOpen {
                for header in law.headers { #expect(sent.contains(header.name)) }
                #expect(sent.contains("Content-Type") || law.operation.body == nil)
            }
        }
    }

    @Test func `say what they leave behind`() async throws {
        for law in try await Law.all() {
            let isSafe = law.operation.method == .get
            if isSafe { #expect(law.operation.effect.repetition == nil, "\(law.testDescription)") }
            if case .write(.withKey) = law.operation.effect {
                #expect(law.headers.map(\.name) == ["Idempotency-Key"], "\(law.testDescription)")
            } else {
                #expect(law.headers.isEmpty)
            }
            if [.put, .patch, .delete].contains(law.operation.method) {
                #expect(law.operation.effect.repetition != nil, "\(law.testDescription)")
            }
        }
    }

    @Test func `count towards a rate and have a share, unless they tell of the service`() async throws {
        for law in try await Law.all() {
            #expect((law.operation.limits.share == nil) == law.operation.isOpen, "\(law.testDescription)")
            #expect((law.operation.limits.rate == nil) == law.operation.isOpen, "\(law.testDescription)")
        }
    }
}
