extension Timestamp {
    /// What is wrong with an instant that has the right form and is none all the same; nil for another form. Does not
    /// repeat what was given.
    static func unreal(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard parse(text) == nil, bytes.count >= 20, bytes[10] | 0x20 == UInt8(ascii: "t") else { return nil }
        let (date, rest) = (
            String(decoding: bytes[..<10], as: UTF8.self), String(decoding: bytes[10...], as: UTF8.self)
        )
        let time = String(decoding: bytes[11..<19], as: UTF8.self)
        let hasDate = date.wholeMatch(of: #/\d{4}-\d{2}-\d{2}/#) != nil
        let hasTime = time.wholeMatch(of: #/\d{2}:\d{2}:\d{2}/#) != nil
        guard hasDate, hasTime else { return nil }
        if parse("2000-01-01" + rest) != nil { return "names a date that does not exist" }
        let end = String(decoding: bytes[19...], as: UTF8.self)
        return parse("2000-01-01T00:00:00" + end) == nil ? nil : "names a time of day that does not exist"
    }
}
