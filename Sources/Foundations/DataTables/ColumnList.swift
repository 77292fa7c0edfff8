// SPDX-License-Identifier: GPL-3.0-or-later
/// A list of columns as users write it: names, patterns and ranges, separated by commas.
///
/// `age, "t, kg", img_*, x0..x31`: a name in quotes is meant letter by letter, quotes in it doubled. Elsewhere `*` stands for any
/// letters and `?` for one, and two names with `..` between for a range: numbered names from the first number to the last, in that
/// order, other names as the table has them. The name of an array stands for all its columns, `a[0]`, `a[1]` and so on. A name that a column has is never a pattern. Blanks around do not count.
public struct ColumnList: Sendable, Equatable {
  /// One item of a list.
  public enum Item: Sendable, Equatable {
    /// A name in quotes.
    case quoted(String)
    /// A name, a pattern or a range.
    case plain(String)
  }

  /// The list as it was written.
  public let text: String
  /// What it consists of; nothing where it is empty.
  public let items: [Item]

  /// Reads a list.
  ///
  /// - Throws: ``DataTableError/malformedList(_:rule:)``.
  public init(_ text: String) throws(DataTableError) {
    self.text = text
    var items: [Item] = []
    var rest = text[...]
    func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }
    skipBlanks()
    while !rest.isEmpty {
      if rest.first == "\"" {
        items.append(.quoted(try ColumnList.quotedName(&rest, of: text)))
        skipBlanks()
        guard rest.isEmpty || rest.first == "," else {
          throw .malformedList(text, rule: "something follows a closing quote; a comma or the end must")
        }
      } else {
        var name = rest.prefix { $0 != "," }
        rest = rest[name.endIndex...]
        while name.last == " " || name.last == "\t" { name.removeLast() }
        if name.isEmpty {
          throw .malformedList(text, rule: "no column \"\" can be meant; write a name before every comma")
        }
        items.append(.plain(String(name)))
      }
      guard rest.popFirst() != nil else { break }
      skipBlanks()
      if rest.isEmpty {
        throw .malformedList(text, rule: "no column \"\" can be meant; write a name after the last comma")
      }
    }
    self.items = items
  }

  private static func quotedName(_ rest: inout Substring, of text: String) throws(DataTableError) -> String {
    var name = ""
    rest.removeFirst()
    while let character = rest.popFirst() {
      guard character == "\"" else {
        name.append(character)
        continue
      }
      guard rest.first == "\"" else { return name }
      rest.removeFirst()
      name.append("\"")
    }
    throw .malformedList(text, rule: "a quote is not closed")
  }
}

extension DataTable {
  /// The columns that a list names, in its order.
  ///
  /// A column that is called as the whole list is that one, so that a name with commas needs no quotes where it stands alone.
  ///
  /// - Throws: ``DataTableError`` where a name or pattern fits no column.
  public func columns(of list: ColumnList) throws(DataTableError) -> [String] {
    if has(list.text) { return [list.text] }
    var names: [String] = []
    for item in list.items { names += try columns(of: item) }
    return names
  }

  /// The columns that one item of a list names.
  ///
  /// - Throws: ``DataTableError`` where it fits no column.
  public func columns(of item: ColumnList.Item) throws(DataTableError) -> [String] {
    switch item {
    case .quoted(let name): return [try required(name)]
    case .plain(let name):
      if has(name) { return [try required(name)] }
      if let range = name.firstRange(of: "..") {
        func side(_ text: Substring) -> String {
          text.split(whereSeparator: { $0 == " " || $0 == "\t" }).joined(separator: " ")
        }
        let (first, last) = (side(name[..<range.lowerBound]), side(name[range.upperBound...]))
        if !first.isEmpty, !last.isEmpty { return try columns(from: first, to: last, of: name) }
      }
      if has("\(name)[0]") {
        return Array((0..<columns.count).lazy.map { "\(name)[\($0)]" }.prefix { has($0) })
      }
      guard name.contains("*") || name.contains("?") else { return [try required(name)] }
      let fitting = columns.filter { !$0.isEmpty && matches(Array($0.unicodeScalars), Array(name.unicodeScalars)) }
      if fitting.isEmpty { throw .noMatch(pattern: name, available: columns.filter { !$0.isEmpty }) }
      return fitting
    }
  }

  private func columns(from first: String, to last: String, of range: String) throws(DataTableError) -> [String] {
    let (a, b) = (NumberedName(first), NumberedName(last))
    if let a, let b, a.stem == b.stem {
      guard a.number <= b.number else { throw .malformedList(range, rule: "the range ends before it begins") }
      var names: [String] = []
      for number in a.number...b.number {
        let name = a.stem + NumberedName.digits(number, width: a.width)
        guard has(name) else { throw .missingColumn(name, available: columns.filter { !$0.isEmpty }) }
        names.append(name)
      }
      return names
    }
    for end in [first, last] where !has(end) {
      throw .missingColumn(end, available: columns.filter { !$0.isEmpty })
    }
    guard let start = columns.firstIndex(of: first), let end = columns.firstIndex(of: last), start <= end else {
      throw .malformedList(range, rule: "the range ends before it begins")
    }
    return columns[start...end].filter { !$0.isEmpty }
  }
}

/// A name that ends with a number, as `img_07`.
private struct NumberedName {
  let stem: String
  let number: Int
  /// The least digits: 1 where there are no zeros before the number.
  let width: Int

  init?(_ name: String) {
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard digits > 0, let number = Int(name.suffix(digits)), number < Int.max else { return nil }
    (stem, self.number) = (String(name.dropLast(digits)), number)
    width = name.suffix(digits).first == "0" ? digits : 1
  }

  static func digits(_ number: Int, width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

/// Whether a name fits a pattern of `*` and `?`; in time of at most their lengths multiplied.
private func matches(_ name: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
  var (place, at) = (0, 0)
  /// Behind the last star, and how much of the name it stands for so far.
  var star: (pattern: Int, name: Int)?
  while place < name.count {
    if at < pattern.count, pattern[at] == "*" {
      star = (at + 1, place)
      at += 1
    } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[place] {
      (place, at) = (place + 1, at + 1)
    } else if let last = star {
      (place, at) = (last.name + 1, last.pattern)
      star = (last.pattern, last.name + 1)
    } else {
      return false
    }
  }
  return pattern[at...].allSatisfy { $0 == "*" }
}
