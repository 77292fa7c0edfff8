// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import PlainText

/// Finds the units of everything in a statement, and what cannot be decided.
struct TypeChecker {
  /// How many quantities may be multiplied with each other.
  static let largestDegree = 128
  /// The most parts of a statement.
  static let mostParts = 2_000

  let text: String
  /// The unit of the quantifier's variable around this place.
  private var variableUnit = Unit.one

  init(text: String) { self.text = text }

  /// Checks a whole statement.
  static func check(_ formula: Formula, text: String) throws(ConjectureError) {
    guard formula.size <= mostParts else {
      throw ConjectureError(.size, text, 0..<1, "a statement of \(formula.size) parts; at most \(mostParts) are read")
    }
    var checker = TypeChecker(text: text)
    try checker.check(formula)
    if formula.namesInstance { try checker.checkInstances(formula) }
  }

  func error(_ rule: ConjectureError.Rule, _ place: Range<Int>, _ message: String) -> ConjectureError {
    ConjectureError(rule, text, place, message)
  }

  // MARK: Conditions

  private mutating func check(_ formula: Formula) throws(ConjectureError) {
    switch formula.kind {
    case .comparison(let comparison): try check(comparison)
    case .below(let first, let second):
      for (list, other) in [(first, second), (second, first)] where list.count != other.count {
        throw error(.units, formula.place, "matrices of different sizes: \(list.count) and \(other.count) blocks")
      }
      for (a, b) in zip(first, second) {
        let (left, right) = (try unit(a, formula.place), try unit(b, formula.place))
        if left != right { throw clash(formula.place, "the first matrix", left, "the second", right) }
      }
    case .independent(let first, let second, let given):
      for image in first + second + given { _ = try unit(image, formula.place) }
    case .helps, .leastSquaresTeacher, .jointTeacher, .unitInputs: break
    case .same: for expression in formula.expressions { _ = try type(of: expression) }
    case .forVariable(_, _, let domain, let body):
      let types = try [domain.lower, domain.upper].compactMap { $0 }.map { end throws(ConjectureError) in
        let type = try self.type(of: end.value)
        if type.usesVariable || type.roots != .none || type.unit.isInformation {
          throw error(
            .quantifier, end.value.place, "the ends of the range must be rational numbers without the variable")
        }
        return type
      }
      variableUnit = types.first { !$0.isZero && !($0.isExtended && $0.constant == nil) }?.unit ?? .one
      try check(body)
      variableUnit = .one
    default: for part in formula.children { try check(part) }
    }
  }

  private func check(_ comparison: Formula.Comparison) throws(ConjectureError) {
    var before = (expression: comparison.first, type: try self.type(of: comparison.first))
    for step in comparison.rest {
      let type = try self.type(of: step.expression)
      let place =
        before.expression.place.lowerBound..<max(step.expression.place.upperBound, before.expression.place.upperBound)
      try requireComparable(before.expression, before.type, step.expression, type, place)
      before = (step.expression, type)
    }
  }

  /// Checks that two numbers can be compared, or added.
  func requireComparable(
    _ a: Expression, _ left: ExpressionType, _ b: Expression, _ right: ExpressionType, _ place: Range<Int>
  ) throws(ConjectureError) {
    if left.unit != right.unit, !left.isZero, !right.isZero {
      // An information is a number of nats: rational numbers can stand beside it.
      let isMixed = left.unit.isInformation && right.unit == .one || right.unit.isInformation && left.unit == .one
      guard isMixed else { throw clash(place, spelling(a), left.unit, spelling(b), right.unit) }
    }
    let hasInformation = left.unit.isInformation || right.unit.isInformation
    if hasInformation, left.roots != .none || right.roots != .none {
      let root = left.roots != .none ? a : b
      throw error(
        .kind, root.place,
        "\(spelling(root)) may be irrational, and only rational numbers stand beside an information; ln(\(spelling(root))) is one"
      )
    }
    if hasInformation, left.isExtended || right.isExtended {
      throw error(.kind, place, "what may be infinite does not stand beside an information")
    }
    if left.usesVariable || right.usesVariable, hasInformation || left.roots != .none || right.roots != .none {
      throw error(
        .quantifier, place,
        "the variable of a quantifier stands with rational quantities only: no informations and no roots")
    }
  }

  func clash(_ place: Range<Int>, _ first: String, _ left: Unit, _ second: String, _ right: Unit)
    -> ConjectureError
  {
    func said(_ name: String, _ unit: Unit) -> String {
      "\(name) \(unit.isInformation || unit == .one ? "is" : "has") \(unit)"
    }
    return error(.units, place, "units clash: \(said(first, left)), \(said(second, right))")
  }

  /// A part of the text, for a message.
  func spelling(_ expression: Expression) -> String {
    let scalars = Array(text.unicodeScalars)
    guard expression.place.upperBound <= scalars.count else { return "this" }
    return quoted(String(String.UnicodeScalarView(scalars[expression.place])), atMost: 40)
  }

  var unitOfVariable: Unit { variableUnit }

  // MARK: Images

  /// The unit of an image, whose parts must have the same one.
  func unit(_ image: LinearImage, _ place: Range<Int>) throws(ConjectureError) -> Unit {
    let units = image.terms.map { TypeChecker.base(of: $0.block) }
    if let other = units.first(where: { $0 != units[0] }) {
      throw clash(place, image.terms[0].block.rawValue, Unit(units[0], 1), "another part of the sum", Unit(other, 1))
    }
    if image.terms.count > 1, image.terms.contains(where: { $0.index == nil }),
      image.terms.contains(where: { $0.index != nil })
    {
      throw error(.kind, place, "a sum of a whole vector and one coordinate")
    }
    return Unit(units[0], 1)
  }

  static func base(of block: Block) -> Unit.Base {
    switch block {
    case .x1: .x1
    case .x2: .x2
    case .y, .t, .s, .joint, .secondTeacher, .t1, .t2: .y
    }
  }
}

extension Formula {
  /// The number of parts.
  @inline(never) var size: Int { 1 + expressions.reduce(0) { $0 + $1.size } + children.reduce(0) { $0 + $1.size } }
}

extension Expression {
  /// The number of parts.
  @inline(never) var size: Int { 1 + children.reduce(0) { $0 + $1.size } }
}

extension Expression {
  /// Whether a sum over rows or numbers stands in it.
  @inline(never) var hasFold: Bool { if case .fold = kind { true } else { children.contains(where: \.hasFold) } }
}
