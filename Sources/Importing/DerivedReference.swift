import Crypto
import DataEncodings
import Salons

/// The key of a row whose source gives it none.
enum DerivedReference {
    /// `sha256-` and 32 hexadecimal digits of the hash of name and address, in which case, punctuation and the spelling
    /// of Danish letters make no difference. Part of the data's identity: a change of it orphans what was imported.
    static func of(name: String, address: Address) -> String {
        let parts = [
            name, address.street, address.housenumber, address.floorDoor, address.postcode, address.city,
            address.country,
        ]
        let text = parts.map { PlaceName.fold($0 ?? "") }.joined(separator: "\u{1F}")
        return "sha256-" + Base16.text(SHA256.hash(data: Array(text.utf8)).prefix(16))
    }
}
