// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

extension Parser {
  /// `(u; v | w)` and the like, after the name of the moment.
  mutating func moment(_ kind: MomentKind, _ start: Range<Int>) throws(ConjectureError) -> Expression {
    try require(.open, "after \(kind.rawValue)")
    var moment = Moment(kind: kind, first: [], second: [], given: [])
    let isInformation = kind == .information
    moment.first = try isInformation || kind == .determinant ? images() : [image()]
    if kind.isOfTwo {
      if isInformation {
        guard take(.semicolon) else { throw unexpected("\";\": an information is written I(t;s)") }
        moment.second = try images()
      } else {
        guard take(.comma) else {
          throw unexpected(
            kind == .covariance
              ? "\",\" as in cov(t,s); the matrix cov(t) stands only beside ⪯" : "\",\" as in \(kind.rawValue)(t,s)")
        }
        moment.second = [try image()]
      }
    }
    if take(.bar) { moment.given = try images() }
    let end = token.place
    guard take(.close) else {
      throw unexpected(
        kind.isOfTwo || kind == .determinant ? "\")\" or \"|\"" : "\")\" or \"|\"; a covariance is cov(u,v)")
    }
    return Expression(.moment(moment), joined(start, end))
  }

  /// Images that stand side by side as one vector: `x1, x2`.
  mutating func images() throws(ConjectureError) -> [LinearImage] {
    var list = [try image()]
    while take(.comma) { list.append(try image()) }
    return list
  }

  /// A linear combination of blocks: `t − 2*y`.
  mutating func image() throws(ConjectureError) -> LinearImage {
    var terms: [LinearImage.Term] = []
    var isNegative = take(.minus)
    while true {
      terms.append(try imageTerm(isNegative))
      if isNext(.plus) || isNext(.minus) { isNegative = advance().kind == .symbol(.minus) } else { break }
    }
    return LinearImage(terms: terms)
  }

  private mutating func imageTerm(_ isNegative: Bool) throws(ConjectureError) -> LinearImage.Term {
    var coefficient = Rational(isNegative ? -1 : 1)
    if case .number(let value) = token.kind {
      _ = advance()
      coefficient *= value
      if take(.divide) {
        guard case .number(let divisor) = token.kind, divisor.signum != 0 else {
          throw unexpected("a number other than 0")
        }
        _ = advance()
        coefficient = coefficient / divisor
      }
      try require(.times, "between a number and a vector")
      guard coefficient.signum != 0 else { throw error(.kind, token.place, "0 times a vector") }
    }
    guard case .word(let word) = token.kind else { throw unexpected("one of the vectors \(Parser.blockNames)") }
    guard let block = Block(rawValue: word) else {
      let near =
        nearestName(to: word, among: Block.allCases.map(\.rawValue)).map { "; did you mean \(quoted($0))?" } ?? ""
      throw error(.word, token.place, "\(quoted(word)) is none of the vectors \(Parser.blockNames)\(near)")
    }
    _ = advance()
    return LinearImage.Term(coefficient: coefficient, block: block, index: try outputIndex())
  }

  private static let blockNames = Block.allCases.map(\.rawValue).joined(separator: ", ")

  /// `[j]` or `[0]`, where it stands.
  mutating func outputIndex() throws(ConjectureError) -> OutputIndex? {
    guard take(.openBracket) else { return nil }
    let index: OutputIndex
    switch token.kind {
    case .number(let value):
      guard let place = value.asInt, place < 1_000 else { throw unexpected("a place from 0") }
      index = .literal(place)
    case .word(let name):
      guard outputs.contains(name) else {
        throw error(
          .word, token.place, "\(quoted(name)) is no output here; write \"for every output \(name): …\" around it")
      }
      index = .bound(name)
    default: throw unexpected("the place of an output, from 0, or its name")
    }
    _ = advance()
    try require(.closeBracket, "after the place of an output")
    return index
  }
}
