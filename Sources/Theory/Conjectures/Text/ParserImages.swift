// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

extension Parser {
  /// `(u; v | w)` and the like, after the name of the moment.
  mutating func moment(_ kind: MomentKind, _ start: Range<Int>) throws(ConjectureError) -> Expression {
    try require(.open, "after \(kind.rawValue)")
    var moment = Moment(kind: kind, first: [], second: [], given: [])
    let isInformation = kind == .information
    moment.first = try isInformation || kind == .determinant ? images() : vector()
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
        moment.second = try vector()
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

  /// Vectors that stand side by side as one: `x1, x2`.
  mutating func images() throws(ConjectureError) -> [LinearImage] {
    var list = try vector()
    while take(.comma) { list += try vector() }
    return try checked(list)
  }

  private func checked(_ list: [LinearImage]) throws(ConjectureError) -> [LinearImage] {
    guard list.count <= Parser.longestVector else {
      throw error(.size, token.place, "more than \(Parser.longestVector) vectors side by side")
    }
    return list
  }

  /// A linear combination of vectors: `t − 2*y`, `2*(t − y)`, `[1 2; 0 1]*x1`.
  mutating func vector() throws(ConjectureError) -> [LinearImage] {
    let start = token.place
    var isNegative = take(.minus)
    var sum = try vectorTerm(isNegative)
    while isNext(.plus) || isNext(.minus) {
      isNegative = advance().kind == .symbol(.minus)
      let term = try vectorTerm(isNegative)
      guard sum.images.count == term.images.count else {
        throw error(
          .kind, start, "a sum of vectors of \(sum.images.count) and of \(term.images.count) parts side by side")
      }
      sum = (
        zip(sum.images, term.images).map { LinearImage(terms: $0.terms + $1.terms) }, sum.isDerived || term.isDerived
      )
    }
    // As it was written, but for what names and brackets stand for.
    guard sum.isDerived else { return sum.images }
    return try sum.images.map { image throws(ConjectureError) in
      let collected = image.collected
      guard !collected.terms.isEmpty else { throw error(.kind, start, "a vector that is 0") }
      return collected
    }
  }

  private typealias VectorTerm = (images: [LinearImage], isDerived: Bool)

  private mutating func vectorTerm(_ isNegative: Bool) throws(ConjectureError) -> VectorTerm {
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
      _ = take(.times)
      guard coefficient.signum != 0 else { throw error(.kind, token.place, "0 times a vector") }
    }
    let (images, isDerived) = try isNext(.openBracket) ? (matrixProduct(), true) : namedVector()
    return (images.map { $0.times(coefficient) }, isDerived)
  }

  /// A block, a name that `let` has given, or vectors in brackets; with a coordinate.
  private mutating func namedVector() throws(ConjectureError) -> VectorTerm {
    if take(.open) {
      let list = try nested { parser throws(ConjectureError) in try parser.images() }
      guard isNext(.close) else { throw unexpected("\")\", or \",\" and another vector") }
      _ = advance()
      return (list, true)
    }
    guard case .word(let word) = token.kind else { throw unexpected("one of the vectors \(Parser.blockNames)") }
    let place = token.place
    if case .vector(let images)? = definitions[word] {
      _ = advance()
      return (try coordinate(of: images, outputIndex(), place), true)
    }
    guard let block = Block(rawValue: word) else {
      let vectors = Block.allCases.map(\.rawValue) + definitions.keys.sorted().filter { isVector($0) }
      let near = nearestName(to: word, among: vectors).map { "; did you mean \(quoted($0))?" } ?? ""
      throw error(.word, place, "\(quoted(word)) is none of the vectors \(Parser.blockNames)\(near)")
    }
    _ = advance()
    let index = try outputIndex()
    if case .row? = index {
      throw error(.kind, place, "a row has moments of its own, such as σε²[i], c[i] and ση²[i], and no vectors")
    }
    return ([LinearImage(terms: [.init(coefficient: 1, block: block, index: index)])], false)
  }

  /// A coordinate of a vector that has a name: of one combination of whole blocks, or a part of those side by side.
  private func coordinate(of images: [LinearImage], _ index: OutputIndex?, _ place: Range<Int>) throws(ConjectureError)
    -> [LinearImage]
  {
    guard let index else { return images }
    if images.count == 1, images[0].terms.allSatisfy({ $0.index == nil }) {
      return [
        LinearImage(terms: images[0].terms.map { .init(coefficient: $0.coefficient, block: $0.block, index: index) })
      ]
    }
    guard case .literal(let number) = index, images.indices.contains(number) else {
      throw error(.kind, place, "no such coordinate: it has \(images.count) parts, counted from 0")
    }
    return [images[number]]
  }

  /// `[1 2; 0 1]*x1`: each row of numbers is a combination of the coordinates of the vector behind.
  private mutating func matrixProduct() throws(ConjectureError) -> [LinearImage] {
    let start = advance().place
    var rows: [[Rational]] = [[]]
    while !isNext(.closeBracket) {
      if take(.semicolon) {
        rows.append([])
        continue
      }
      _ = take(.comma)
      rows[rows.count - 1].append(try entry())
    }
    _ = advance()
    let width = rows[0].count
    guard width > 0, rows.allSatisfy({ $0.count == width }) else {
      throw error(.expected, start, "the rows of a matrix have equally many numbers, as in [1 2; 0 1]*x1")
    }
    guard width <= Parser.longestVector, rows.count <= Parser.longestVector else {
      throw error(.size, start, "a matrix of more than \(Parser.longestVector) rows or columns")
    }
    guard rows.allSatisfy({ $0.contains { $0.signum != 0 } }) else { throw error(.kind, start, "a row of zeros") }
    _ = take(.times)
    let place = token.place
    let (images, _) = try namedVector()
    let parts: [LinearImage]
    if images.count == 1, images[0].terms.allSatisfy({ $0.index == nil }) {
      parts = try (0..<width).map { column throws(ConjectureError) in
        try coordinate(of: images, .literal(column), place)[0]
      }
    } else {
      guard images.count == width else {
        throw error(.kind, place, "a matrix of \(width) columns times a vector of \(images.count) parts")
      }
      parts = images
    }
    return rows.map { row in
      LinearImage(terms: zip(row, parts).flatMap { $0.signum == 0 ? [] : $1.times($0).terms })
    }
  }

  private mutating func entry() throws(ConjectureError) -> Rational {
    let isNegative = take(.minus)
    guard case .number(var value) = token.kind else { throw unexpected("a number, \";\" or \"]\" in a matrix") }
    _ = advance()
    if take(.divide) {
      guard case .number(let divisor) = token.kind, divisor.signum != 0 else {
        throw unexpected("a number other than 0")
      }
      _ = advance()
      value = value / divisor
    }
    return isNegative ? -value : value
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
      if name == row {
        index = .row(name)
        break
      }
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
