/// Cells that a spreadsheet would take for a formula, made harmless by an apostrophe in front.
///
/// Source: OWASP, CSV Injection. A number such as `-12.5` is not a formula and stays.
enum Neutralised {
    private static func isDangerous(_ byte: UInt8?) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 13: true
        default: false
        }
    }

    static func apply(_ cell: String) -> String {
        guard isDangerous(cell.utf8.first), DecimalText.parse(cell, allowingComma: true) == nil else { return cell }
        return "'" + cell
    }

    static func undo(_ cell: String) -> String {
        guard cell.utf8.first == 39, isDangerous(cell.utf8.dropFirst().first) else { return cell }
        return String(cell.dropFirst())
    }
}
