// SPDX-License-Identifier: GPL-3.0-or-later
import PlainText

/// A piece of a line of text.
enum Run: Sendable, Equatable {
  /// Words of the page.
  case text(String)
  /// A name from a document, set apart from the direction of the text around it.
  case name(String)
  /// A number of a document, as it is shown.
  case number(Quantity, shown: String)
  /// What a program reads.
  case code(String)
  /// What matters most.
  case strong(String)
  /// A way to another place or page.
  case link(String, to: String)
}

/// A line of text that is put together as `"β = \(beta) of \(name: teacher)"`: words, names and numbers stay apart until they are
/// written, and each is escaped in its own way.
struct Rich: Sendable, Equatable, ExpressibleByStringInterpolation {
  var runs: [Run]

  init(_ runs: [Run]) { self.runs = runs }
  @inline(never) init(stringLiteral text: String) { runs = text.isEmpty ? [] : [.text(text)] }
  init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }

  /// A text of the page that is put together already.
  @inline(never) init(text: String) { runs = text.isEmpty ? [] : [.text(text)] }
  /// A name from a document.
  @inline(never) init(name: String) { runs = [.name(name)] }
  /// A number of a document, a dash where there is none.
  @inline(never) init(_ quantity: Quantity?) { runs = quantity.map { [.number($0, shown: $0.shown)] } ?? [.text("–")] }
  /// The number with its exact text where that is short.
  @inline(never) init(precise quantity: Quantity?) {
    runs = quantity.map { [.number($0, shown: $0.precise)] } ?? [.text("–")]
  }

  /// The words alone.
  var plain: String {
    runs.map { run in
      switch run {
      case .text(let text), .name(let text), .code(let text), .strong(let text), .link(let text, _): text
      case .number(_, let shown): shown
      }
    }.joined()
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var runs: [Run] = []
    init(literalCapacity: Int, interpolationCount: Int) {}
    @inline(never) mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { runs.append(.text(literal)) }
    }
    @inline(never) mutating func appendInterpolation(_ text: String) { runs.append(.text(text)) }
    @inline(never) mutating func appendInterpolation(_ number: Int) { runs.append(.text(grouped(number))) }
    @inline(never) mutating func appendInterpolation(_ quantity: Quantity?) { runs += Rich(quantity).runs }
    @inline(never) mutating func appendInterpolation(precise quantity: Quantity?) {
      runs += Rich(precise: quantity).runs
    }
    @inline(never) mutating func appendInterpolation(_ rich: Rich) { runs += rich.runs }
    @inline(never) mutating func appendInterpolation(name: String) { runs.append(.name(name)) }
    @inline(never) mutating func appendInterpolation(code: String) { runs.append(.code(code)) }
    @inline(never) mutating func appendInterpolation(strong: String) { runs.append(.strong(strong)) }
    @inline(never) mutating func appendInterpolation(link: String, to target: String) {
      runs.append(.link(link, to: target))
    }
    /// Names with commas between them.
    @inline(never) mutating func appendInterpolation(names: [String]) {
      for (place, name) in names.enumerated() {
        if place > 0 { runs.append(.text(", ")) }
        runs.append(.name(name))
      }
    }
  }
}
