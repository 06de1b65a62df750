import Salons

/// What invented salons are made of.
enum DemoWords {
    static let names = [
        "Saks", "Lok", "Krølle", "Kam", "Spejl", "Fletning", "Pandehår", "Skægget", "Bølge", "Hårnål", "Neglefilen",
        "Havfrue", "Solstråle", "Månelys", "Æblegren", "Kastanje", "Rosenblad", "Tulipan", "Lavendel", "Duggen",
        "Perlen",
        "Fjeren", "Svanen", "Ørnen", "Mejsen", "Violen", "Ravstykke", "Klitten", "Fyrtårnet", "Møllen", "Bakken",
        "Kilden",
    ]

    static let streets = [
        "Vestergade", "Østergade", "Nørregade", "Søndergade", "Algade", "Storegade", "Torvet", "Stationsvej",
        "Kirkegade",
        "Skolegade", "Havnegade", "Jernbanegade", "Bredgade", "Strandvejen", "Parkvej", "Møllevej", "Engvej",
        "Birkevej",
        "Rosenvej", "Skovvej", "Hovedgaden", "Nygade", "Smedegade", "Kongensgade", "Dronningensgade", "Søvej",
        "Bakkevej",
        "Lindevej", "Egevej", "Toftevej",
    ]

    /// Kinds of salons in about the proportions of a real register: hair four in seven.
    static let kinds: [CategorySet] = [
        CategorySet([.hair]), CategorySet([.hair]), CategorySet([.hair]), CategorySet([.hair]), CategorySet([.hair]),
        CategorySet([.hair, .makeup]), CategorySet([.hair, .barber]), CategorySet([.barber]), CategorySet([.barber]),
        CategorySet([.beauty]), CategorySet([.beauty, .lashes]), CategorySet([.beauty, .hairRemoval]),
        CategorySet([.nails]),
        CategorySet([.nails, .footCare]), CategorySet([.footCare]), CategorySet([.massage]),
        CategorySet([.massage, .wellness]),
        CategorySet([.spa, .massage, .wellness]), CategorySet([.tattoo, .piercing]), CategorySet([.tanning]),
        CategorySet([.cosmetics, .makeup]),
    ]

    /// 55 opening hours: a week, an evening and a Saturday combined, and some of their own.
    static let openingHours: [String] = {
        var texts: [String] = []
        for week in ["09:00-17:00", "09:00-17:30", "10:00-18:00", "08:30-16:30", "09:30-18:00"] {
            for evening in ["", "; Th 09:00-19:00", "; We 10:00-20:00"] {
                for saturday in ["", "; Sa 09:00-13:00", "; Sa 10:00-15:00"] {
                    texts.append("Mo-Fr \(week)\(evening)\(saturday)")
                }
            }
        }
        return texts + [
            "Tu-Sa 10:00-18:00", "Mo-Su 08:00-22:00", "Mo-Sa 09:00-18:00; PH off", "Tu-Fr 09:00-17:30; Sa 08:00-13:00",
            "Mo,Tu,Th,Fr 09:00-12:00,13:00-17:00", "We-Su 11:00-21:00", "Fr-Sa 18:00-02:00; Su 12:00-18:00",
            "Mo-Fr 07:00-15:00", "24/7", "Mo-Th 10:00-19:00; Fr 10:00-20:00; Sa 10:00-16:00",
        ]
    }()
}
