import Foundation
import Harness
import JSON
import Salons
import Tenancy
import Testing

@testable import HTTPKit

struct `Callers of every operation` {
    @Test func `with a key that is none are refused, where a caller is looked at`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() {
            for authorization in ["Bearer pk_wrong", "Basic eDp5", "Bearer"] {
                let reply = try await law.ask(door, fields: ["Authorization: \(authorization)"])
                if law.operation.isOpen {
                    #expect(reply.status == 200, "\(law.testDescription)")
                } else {
                    #expect(reply.status == 401, "\(law.testDescription) \(authorization)")
                    #expect(reply["www-authenticate"] == "Bearer")
                }
            }
        }
    }

    @Test func `on pages that their key is not bound to are refused, and on its own are answered for it`() async throws
    {
        let backend = try await Backend.shared()
        let door = try await Door.shared()
        let tenant = try #require(try await backend.store.scope(Backend.slugs[0]).tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: ["https://mine.example"])
        let authorization = "Authorization: Bearer \(key)"
        for law in try await Law.all() where !law.operation.isOpen {
            let refused = try await law.ask(door, fields: [authorization, "Origin: https://other.example"])
            #expect(refused.status == 403, "\(law.testDescription)")
            let reply = try await law.ask(door, fields: [authorization, "Origin: https://mine.example"])
            #expect(![401, 403].contains(reply.status))
            #expect(reply["access-control-allow-origin"] == "https://mine.example", "\(law.testDescription)")
            if let caching = reply["cache-control"] { #expect(!caching.contains("public"), "\(law.testDescription)") }
        }
    }

    /// What each operation may be asked by, as far as there are tiers: a new one does not pass until it stands here.
    @Test func `are of the tier that is written here`() async throws {
        var tiers: [String: Set<String>] = [:]
        for law in try await Law.all() {
            tiers[law.operation.access ?? "open", default: []].insert(law.operation.name)
        }
        #expect(
            tiers["open"] == [
                "getHealth", "getReadiness", "getMetrics", "getOpenAPI", "getDocs", "getDocsFile", "getProblems",
                "getProblem",
            ])
        #expect(
            tiers["anyone"] == [
                "findSalonsNearby", "findSalonsInArea", "findSalonsAvailable", "getSalon", "getSlots", "getServices",
                "getStaff", "lookUpOffers", "createHold", "releaseHold", "createBooking", "getBooking", "moveBooking",
                "cancelBooking", "eraseCustomer",
            ])
        #expect(tiers.count == 2)
    }

    @Test func `find nothing of another tenant, and change nothing there`() async throws {
        let (salon, door) = try await BookableSalon.new(tenant: Backend.slugs[1])
        let (backend, _) = try await BookableSalon.stage()
        let tenant = try #require(try await backend.store.scope(Backend.slugs[0]).tenant)
        let key = try await backend.tenants.createPublishableKey(tenant: tenant, origins: ["https://mine.example"])
        let fields = ["Authorization: Bearer \(key)"]
        let made = try await door.send(
            "POST", "/v1/bookings", salon.booking(at: salon.text(10)), key: UUID().uuidString)
        #expect(made.status == 201)
        let booking = try #require(made.json["id"]?.string)
        var asked = 0
        for law in try await Law.all() where !law.operation.isOpen {
            if law.operation.path.contains("{id}") {
                let isSalon = law.operation.path.hasPrefix("/v1/salons/")
                let path = law.path(id: isSalon ? "\(salon.id)" : booking)
                let reply = try await law.ask(door, path: path, fields: fields)
                #expect(reply.status == 404, "\(law.testDescription): \(reply.text)")
                asked += 1
            } else if law.operation.body != nil, law.operation.effect.repetition != nil {
                for body in law.bodies {
                    let theirs = Self.replaced(
                        body,
                        [
                            "salon": .string("\(salon.id)"), "service": .string("\(salon.cut)"),
                            "hold": .string(booking), "start": .string(salon.text(12)),
                        ])
                    let reply = try await law.ask(door, body: theirs, fields: fields)
                    #expect(reply.status == 404, "\(law.testDescription) \(theirs): \(reply.text)")
                    asked += 1
                }
            } else {
                let reply = try await law.ask(door, fields: fields)
                #expect(!reply.text.contains("\(salon.id)"), "\(law.testDescription)")
            }
        }
        #expect(asked >= 14)
        #expect(try await door.ask("/v1/bookings/\(booking)").body == made.body)
    }

    /// A body with other values for some members, wherever they stand.
    private static func replaced(_ value: JSONValue, _ values: [String: JSONValue]) -> JSONValue {
        switch value {
        case .object(let members):
            .object(members.map { .init($0.name, values[$0.name] ?? replaced($0.value, values)) })
        case .array(let elements): .array(elements.map { replaced($0, values) })
        default: value
        }
    }

    @Test func `get no answer that is not declared`() async throws {
        let door = try await Door.shared()
        for law in try await Law.all() { _ = try await law.ask(door) }
        let text = try await door.ask("/metrics").text
        #expect(text.contains("\nsalons_http_undeclared_total 0\n"))
    }

    @Test func `are told that their copy is still right, where an answer has a tag`() async throws {
        let (salon, door) = try await BookableSalon.untouched()
        let booking = try await door.send(
            "POST", "/v1/holds", "{\(salon.wish(at: salon.text(9)))}", key: UUID().uuidString)
        let id = try #require(booking.json["id"]?.string)
        for law in try await Law.all() where law.operation.isValidated {
            let path = law.path(id: law.operation.path.hasPrefix("/v1/salons/") ? "\(salon.id)" : id)
            var reply = try await law.ask(door, path: path)
            // This backend has no calendars in memory.
            if law.operation.name == "findSalonsAvailable", reply.problem == "unavailable" { continue }
            #expect(reply.status == 200, "\(law.testDescription): \(reply.text)")
            // Between two requests the minute may end, or the directory move on.
            for _ in 0..<20 where reply.status == 200 {
                let tag = try #require(reply["etag"], "\(law.testDescription)")
                reply = try await law.ask(door, path: path, fields: ["If-None-Match: \(tag)"])
            }
            #expect(reply.status == 304, "\(law.testDescription)")
            #expect(reply.body.isEmpty)
        }
    }
}
