// SPDX-License-Identifier: MIT

/// A regular expression of which strings are made.
indirect enum Pattern: Sendable {
  /// One scalar of the ranges.
  case scalar([ClosedRange<UInt32>])
  case sequence([Pattern])
  case alternation([Pattern])
  /// So many times; without an upper bound where it is nil.
  case repetition(Pattern, Int, Int?)
}

/// Why a text is no pattern that strings can be made of.
public struct PatternError: Error, Hashable, CustomStringConvertible {
  /// The pattern.
  public let pattern: String
  /// The number of characters before the place.
  public let offset: Int
  /// What is wrong there.
  public let reason: String

  /// The place and what is wrong there.
  public var description: String { "the pattern \"\(pattern)\", after \(offset) characters: \(reason)" }
}

/// Reads literals, `.`, classes, `\d \w \s \D \W \S` and escapes, groups, `|`, `* + ? {m,n}`, and `^` `$` at the ends.
struct PatternParser {
  private let pattern: String
  private let text: [Character]
  private var place = 0

  private init(_ pattern: String) { (self.pattern, text) = (pattern, Array(pattern)) }

  static func parse(_ pattern: String) throws(PatternError) -> Pattern {
    var parser = PatternParser(pattern)
    if parser.next == "^" { parser.place += 1 }
    let parsed = try parser.alternation()
    if let next = parser.next { throw parser.error("\"\(next)\" closes nothing") }
    return parsed
  }

  private var next: Character? { place < text.count ? text[place] : nil }
  private func error(_ reason: String) -> PatternError { PatternError(pattern: pattern, offset: place, reason: reason) }

  private mutating func take(_ character: Character) -> Bool {
    if next == character {
      place += 1
      return true
    }
    return false
  }

  private mutating func alternation() throws(PatternError) -> Pattern {
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(PatternError) -> Pattern {
    var parts: [Pattern] = []
    while let character = next, character != "|", character != ")" {
      if character == "$", place == text.count - 1 {
        place += 1
        break
      }
      parts.append(try quantified(try atom()))
    }
    return .sequence(parts)
  }

  private mutating func quantified(_ atom: Pattern) throws(PatternError) -> Pattern {
    let bounds: (Int, Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{":
      guard let end = text[place...].firstIndex(of: "}") else { throw error("\"{\" is not closed") }
      let parts = String(text[(place + 1)..<end]).split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count <= 2, let least = Int(parts[0]), least >= 0 else { throw error("numbers follow \"{\"") }
      let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1]) ?? -1
      if let most, most < least { throw error("the second number in braces is not at least the first") }
      bounds = (least, most)
      place = end
    default: return atom
    }
    place += 1
    // Which match is preferred does not matter here.
    if !take("?") { _ = take("+") }
    if next == "*" || next == "{" { throw error("two repetitions follow each other") }
    return .repetition(atom, bounds.0, bounds.1)
  }

  private mutating func atom() throws(PatternError) -> Pattern {
    guard let character = next else { throw error("the pattern ends too early") }
    switch character {
    case "(": return try group()
    case "[": return .scalar(try set())
    case ".":
      place += 1
      return .scalar(PatternParser.anyScalar)
    case "\\": return .scalar(try escape())
    case "*", "+", "?", "{": throw error("nothing stands before \"\(character)\"")
    case "^", "$": throw error("\"\(character)\" stands at an end only")
    default:
      place += 1
      return .sequence(character.unicodeScalars.map { .scalar([$0.value...$0.value]) })
    }
  }

  private mutating func group() throws(PatternError) -> Pattern {
    place += 1
    if take("?"), !take(":") {
      guard take("<"), let name = next, name.isLetter, let end = text[place...].firstIndex(of: ">") else {
        throw error("groups may be (…), (?:…) and (?<name>…) only")
      }
      place = end + 1
    }
    let inner = try alternation()
    guard take(")") else { throw error("a group is not closed") }
    return inner
  }

  private mutating func escape() throws(PatternError) -> [ClosedRange<UInt32>] {
    place += 1
    guard let character = next else { throw error("the pattern ends after a backslash") }
    place += 1
    switch character {
    case "d": return PatternParser.digits
    case "w": return PatternParser.word
    case "s": return PatternParser.space
    case "D": return PatternParser.complement(PatternParser.digits)
    case "W": return PatternParser.nonWord
    case "S": return PatternParser.complement(PatternParser.space)
    case "n": return [10...10]
    case "t": return [9...9]
    case "r": return [13...13]
    case "x": return try code(2)
    case "u": return try code(4)
    default:
      guard let value = character.unicodeScalars.first?.value, !character.isLetter, !character.isNumber else {
        place -= 1
        throw error("\"\\\(character)\" is not known")
      }
      return [value...value]
    }
  }

  private mutating func code(_ digits: Int) throws(PatternError) -> [ClosedRange<UInt32>] {
    let isBraced = take("{")
    let end = isBraced ? text[place...].firstIndex(of: "}") ?? text.count : min(place + digits, text.count)
    guard let value = UInt32(String(text[place..<end]), radix: 16), Unicode.Scalar(value) != nil else {
      throw error("hexadecimal digits of a Unicode scalar are wanted")
    }
    place = end + (isBraced ? 1 : 0)
    return [value...value]
  }

  private mutating func set() throws(PatternError) -> [ClosedRange<UInt32>] {
    place += 1
    let isNegated = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    while next != "]" || ranges.isEmpty {
      guard let character = next else { throw error("a class is not closed") }
      let item = try setItem(character)
      ranges += item
      guard item.count == 1, next == "-", place + 1 < text.count, text[place + 1] != "]" else { continue }
      place += 1
      let end = try setItem(text[place])
      guard end.count == 1, item[0].lowerBound <= end[0].upperBound else { throw error("a range runs backwards") }
      ranges.append(item[0].lowerBound...end[0].upperBound)
    }
    place += 1
    let found = isNegated ? PatternParser.complement(ranges) : ranges
    if found.isEmpty { throw error("the class is empty") }
    return found
  }

  private mutating func setItem(_ character: Character) throws(PatternError) -> [ClosedRange<UInt32>] {
    if character == "\\" { return try escape() }
    guard let scalar = character.unicodeScalars.first, character.unicodeScalars.count == 1 else {
      throw error("\"\(character)\" is more than one Unicode scalar")
    }
    place += 1
    return [scalar.value...scalar.value]
  }

  static let digits: [ClosedRange<UInt32>] = [48...57]
  static let word: [ClosedRange<UInt32>] = [97...122, 48...57, 65...90, 95...95]
  /// Letters of other scripts are parts of words too.
  static let nonWord: [ClosedRange<UInt32>] = [
    32...47, 58...64, 91...94, 96...96, 123...126, 0xA1...0xA9, 0x1F600...0x1F64F,
  ]
  static let space: [ClosedRange<UInt32>] = [32...32, 9...10]
  /// Printable ASCII first, then scalars that stand alone: accents would join with what is before them.
  static let anyScalar: [ClosedRange<UInt32>] = [
    97...122, 48...57, 65...90, 32...47, 58...64, 91...96, 123...126, 0xA1...0xAC, 0xAE...0x2AF, 0x391...0x3A1,
    0x3A3...0x3C9, 0x410...0x44F, 0x5D0...0x5EA, 0x4E00...0x9FFF, 0x1F600...0x1F64F,
  ]

  private static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
    anyScalar.flatMap { whole in
      ranges.reduce([whole]) { parts, hole in
        parts.flatMap { part -> [ClosedRange<UInt32>] in
          guard part.overlaps(hole) else { return [part] }
          let before = part.lowerBound < hole.lowerBound ? [part.lowerBound...(hole.lowerBound - 1)] : []
          return before + (hole.upperBound < part.upperBound ? [(hole.upperBound + 1)...part.upperBound] : [])
        }
      }
    }
  }
}
