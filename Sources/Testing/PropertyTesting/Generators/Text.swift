// SPDX-License-Identifier: MIT

extension Generator where Value == Unicode.Scalar {
  /// Unicode scalars: letters and digits, which are the simplest, other ASCII, those that programs stumble over, and any other.
  public static var unicodeScalar: Generator {
    Generator { tape in
      let place = tape.choose(in: 0...(Scalars.count - 1), simplest: 0) { proposal in
        switch proposal.random.integer(in: 0...9) {
        case 0...5: proposal.random.integer(in: 0...94)
        case 6: proposal.random.integer(in: 0...127)
        case 7, 8: Scalars.place(of: proposal.random.element(of: Scalars.troublesome))
        default: proposal.random.integer(in: 0...(Scalars.count - 1))
        }
      }
      return Scalars.scalar(at: place)
    }.spanned(ChoiceTape.Span.scalar)
  }
}

/// All Unicode scalars in an order of their simplicity: a … z, 0 … 9, A … Z, other printable ASCII, control codes, the rest.
enum Scalars {
  static let count = 0x11_0000 - 0x800
  private static let ascii: [UInt32] = {
    let first = Array("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ ".unicodeScalars).map(\.value)
    return first + (33...126).filter { !first.contains($0) } + (0..<32) + [127]
  }()

  static func scalar(at place: Int) -> Unicode.Scalar {
    let code = place < 128 ? ascii[place] : UInt32(place < 0xD800 ? place : place + 0x800)
    return Unicode.Scalar(code) ?? "a"
  }

  /// The code of the scalar at `place`; nil where there is none.
  static func code(at place: Int) -> Int? { (0..<count).contains(place) ? Int(scalar(at: place).value) : nil }

  static func place(of scalar: Unicode.Scalar) -> Int {
    let code = Int(scalar.value)
    return code < 128 ? ascii.firstIndex(of: scalar.value) ?? 0 : code < 0xD800 ? code : code - 0x800
  }

  /// Places of scalars with properties that others share, each perhaps the simplest one with its own.
  static let examples: [Int] = Array(0..<128) + troublesome.map { place(of: $0) }.filter { $0 >= 128 }.sorted()

  /// What changes its length with its case, combines, joins, turns the direction, or is not what it looks like.
  static let troublesome: [Unicode.Scalar] = [
    "\0", "\t", "\n", "\r", "\"", "'", "\\", "/", "<", "&", "%", "\u{7F}", "\u{85}", "\u{A0}", "\u{AD}", "ß", "é", "ı",
    "İ",
    "ſ", "ǆ", "\u{300}", "\u{301}", "\u{308}", "\u{345}", "σ", "ς", "Σ", "\u{200B}", "\u{200D}", "\u{202E}", "\u{2028}",
    "\u{2126}", "K", "ﬁ", "\u{FE0F}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "각", "ᄀ", "ᅡ", "ᆨ", "漢", "𝒳", "😀",
    "👩", "🏽", "🇩", "🇪", "\u{E0001}", "\u{10FFFF}",
  ]
}

extension Generator where Value == Character {
  /// Characters: mostly of one scalar, ``Generator/unicodeScalar``; some are joined of several.
  public static var character: Generator {
    let clusters = ["\r\n", "🇩🇪", "👩‍👩‍👧", "👍🏽", "e\u{301}", "각", "1\u{FE0F}\u{20E3}"].map { Character($0) }
    return Generator { tape in
      // As many choices for each kind, so that the kind alone says what is simpler.
      let kind = tape.choose(in: 0...2, simplest: 0) { [0, 0, 0, 0, 0, 0, 1, 2][$0.random.integer(in: 0...7)] }
      if kind == 2 {
        let cluster = clusters[tape.integer(in: 0...(clusters.count - 1))]
        _ = tape.integer(in: 0...0)
        return cluster
      }
      let base = try Generator<Unicode.Scalar>.unicodeScalar(&tape)
      let mark = Unicode.Scalar(UInt32(0x300 + tape.integer(in: 0...(kind == 1 ? 0x6F : 0)))) ?? "\u{301}"
      // Not all scalars take a mark.
      let joined = kind == 1 ? String(String.UnicodeScalarView([base, mark])).first : nil
      return joined ?? Character(base)
    }.spanned(ChoiceTape.Span.variant)
  }

  /// Characters of printable ASCII; "a" is the simplest.
  public static var ascii: Generator {
    Generator<Unicode.Scalar> { tape in Scalars.scalar(at: tape.integer(in: 0...94)) }.map { Character($0) }
  }

  /// One of the characters of `alphabet`, each equally likely; the first is the simplest.
  ///
  /// - Precondition: `alphabet` is not empty.
  public static func character(of alphabet: String) -> Generator { element(of: Array(alphabet)) }
}

extension Generator where Value == String {
  /// Strings of `characters`; short ones are the simplest.
  ///
  /// `count` is that of the characters drawn: some, such as an accent after a letter, join into one.
  public static func string(of characters: Generator<Character> = .character, count: ClosedRange<Int> = 0...100)
    -> Generator
  {
    characters.array(count: count).map { String($0) }
  }

  /// Strings of the characters of `alphabet`.
  ///
  /// - Precondition: `alphabet` is not empty.
  public static func string(of alphabet: String, count: ClosedRange<Int> = 0...100) -> Generator {
    string(of: .character(of: alphabet), count: count)
  }
}
