import Crypto
import Foundation
import Salons
import Scheduling

/// A digest of what a request asks, so that a key cannot be used for something else.
struct Fingerprint {
    private var hash = SHA256()

    init(_ operation: String) {
        add(operation)
    }

    /// A length before each part, so that no two lists of parts read the same.
    mutating func add(_ part: String?) {
        guard let part else { return hash.update(data: [0xFF]) }
        withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
        hash.update(data: Array(part.utf8))
    }

    mutating func add(_ instant: Date) {
        add(String(Int64((instant.timeIntervalSince1970 * 1_000_000).rounded())))
    }

    mutating func add(_ customer: Customer) {
        add(customer.name)
        add(customer.email)
        add(customer.phone)
    }

    mutating func add(_ visit: Visit) {
        add(visit.salon.description)
        for step in visit.steps {
            add(step.service.description)
            add(step.staff?.description)
            add(step.start)
        }
    }

    func bytes() -> [UInt8] { Array(hash.finalize()) }
}
