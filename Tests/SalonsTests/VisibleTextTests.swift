import Testing

@testable import Salons

struct VisibleTextTests {
    @Test(arguments: [
        "Åse", "  Klip & Co. ", "美容室", "مقص", "Zoë\u{301}", "👩‍🦰 Saks", "ﷺ", "a\u{200D}b", "O'Neill–Østergaard", "7",
        String(repeating: "x", count: 200), "\u{1F3F4}\u{E0067}\u{E007F} Flag",
    ])
    func `names of people and salons pass`(name: String) throws {
        #expect(throws: Never.self) { try VisibleText.checked(name) }
    }

    @Test(
        arguments: [
            ("", .invisible), (" \u{A0}\n ", .invisible), ("\u{200B}", .invisible), ("\u{200D}\u{FE0F}", .invisible),
            ("\u{3164}", .invisible), ("\u{2800}", .invisible), ("\u{AD}", .invisible), ("\u{301}", .invisible),
            ("\u{E000}", .invisible), ("\u{FEFF}", .invisible),
            ("a\u{1B}[2Jb", .control("\u{1B}")), ("a\0b", .control("\0")), ("a\nb", .control("\n")),
            ("a\rb", .control("\r")), ("a\tb", .control("\t")), ("a\u{7F}b", .control("\u{7F}")),
            ("a\u{9B}31m", .control("\u{9B}")), ("a\u{202E}b", .control("\u{202E}")),
            ("\u{2066}b", .control("\u{2066}")),
            ("a\u{200F}b", .control("\u{200F}")), ("a\u{61C}b", .control("\u{61C}")),
            ("a\u{2028}b", .control("\u{2028}")),
            (String(repeating: "x", count: 201), .tooLong(limit: 200)),
            ("e" + String(repeating: "\u{301}", count: 200), .tooLong(limit: 200)),
            (String(repeating: "👩‍👩‍👧‍👦", count: 30), .tooLong(limit: 200)),
        ] as [(String, VisibleText.Fault)])
    func `what cannot be read, commands a terminal or hides its length is refused`(
        text: String, fault: VisibleText.Fault
    ) {
        #expect(throws: fault) { try VisibleText.checked(text) }
    }

    @Test func `white space around a text goes, and nothing else`() throws {
        #expect(try VisibleText.checked(" \u{A0}Åse  Holm\u{3000}") == "Åse  Holm")
        #expect(VisibleText.Fault.control("\u{1B}").description == "has the control character U+001B")
    }
}

struct EmailAddressTests {
    @Test(arguments: [
        ("Eva@Example.COM", "eva@example.com"), (" a.b+c@x-y.example ", "a.b+c@x-y.example"),
        ("o'neill@example.org", "o'neill@example.org"), ("a@xn--klp-0na.example", "a@xn--klp-0na.example"),
        ("\(String(repeating: "a", count: 64))@b.example", "\(String(repeating: "a", count: 64))@b.example"),
    ])
    func `an address is kept in one form`(text: String, kept: String) throws {
        #expect(try EmailAddress.checked(text) == kept)
    }

    @Test(
        arguments: [
            ("<a@b.example>", .malformed), ("a,b@c.d", .malformed), ("a b@c.example", .malformed), ("a@1", .malformed),
            ("@b.example", .malformed), ("a@", .malformed), ("a@b@c.example", .malformed),
            ("a..b@c.example", .malformed),
            (".a@c.example", .malformed), ("a.@c.example", .malformed), ("a@-c.example", .malformed),
            ("a@c-.example", .malformed), ("a@c..example", .malformed), ("a@c.example.", .malformed),
            ("a@1.2.3.4", .malformed), ("a@[1.2.3.4]", .malformed), ("\"a\"@c.example", .malformed),
            ("a@c.example,b@c.example", .malformed), ("a@c.example\nBcc: b@c.example", .malformed),
            ("Eva <a@b.example>", .malformed), ("a;b@c.example", .malformed), ("a(b)@c.example", .malformed),
            ("plain", .malformed), ("a@b\u{1B}.example", .malformed), ("mailto:a@b.example", .malformed),
            ("mi\u{212A}e@b.example", .localPartNotASCII), ("ø@b.example", .localPartNotASCII),
            ("a\u{200B}@b.example", .localPartNotASCII), ("a@blå.example", .domainNotASCII),
            ("a@ban\u{212A}.example", .domainNotASCII), ("a@b.example\u{202E}", .domainNotASCII),
            ("\(String(repeating: "a", count: 65))@b.example", .tooLong),
            ("a@\(String(repeating: "b.", count: 125))example", .tooLong),
        ] as [(String, EmailAddress.Fault)])
    func `what is no address is refused with what it must be`(text: String, fault: EmailAddress.Fault) {
        #expect(throws: fault) { try EmailAddress.checked(text) }
        #expect(!fault.description.isEmpty)
    }
}
