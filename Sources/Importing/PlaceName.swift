/// Spellings of names made alike.
enum PlaceName {
    /// Lower case with the Danish letters written out and nothing but letters and digits, words apart by one space.
    static func fold(_ text: String) -> String {
        var result = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "æ", "ä": result += "ae"
            case "ø", "ö": result += "oe"
            case "å": result += "aa"
            case "é", "è": result += "e"
            case "ü": result += "y"
            case _ where scalar.properties.isAlphabetic || scalar.properties.numericType != nil:
                result.unicodeScalars.append(scalar)
            default: if !result.isEmpty, result.last != " " { result += " " }
            }
        }
        if result.last == " " { result.removeLast() }
        return result
    }

    /// Whether one of the words of three letters or more is in both, with `x` as `ks`.
    static func haveWordInCommon(_ left: String, _ right: String) -> Bool {
        func words(_ text: String) -> Set<String> {
            Set(fold(text).replacing("x", with: "ks").split(separator: " ").filter { $0.count > 2 }.map(String.init))
        }
        return !words(left).isDisjoint(with: words(right))
    }
}
