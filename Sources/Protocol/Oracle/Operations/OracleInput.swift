// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Gaussian

/// The input of one request, read with refusals instead of errors of shape.
package struct OracleInput {
  package let reader: JSONReader

  /// Reads an input.
  ///
  /// - Throws: ``Refusal`` where it is no object.
  package init(_ input: JSONValue) throws(Refusal) {
    guard case .object = input else { throw Refusal(.malformed, "the input is \(input.kind) and must be an object") }
    reader = JSONReader(input, path: "")
  }

  /// Reads a part, turning an error of shape into a refusal.
  func read<Value>(_ key: String, _ body: (JSONReader) throws(JSONShapeError) -> Value) throws(Refusal) -> Value {
    do throws(JSONShapeError) { return try body(try reader.required(key)) } catch {
      throw Refusal(OracleInput.rule(for: error), "\(error)")
    }
  }

  /// A text that is no number stands for one that is not finite, such as "NaN"; rows of unequal length are sizes.
  static func rule(for error: JSONShapeError) -> Refusal.Rule {
    switch error.cause {
    case .number(.notANumber), .number(.zeroDenominator): .notFinite
    case .matrix: .sizes
    case .number, nil: .malformed
    }
  }

  /// A number.
  package func rational(_ key: String) throws(Refusal) -> Rational {
    try read(key) { reader throws(JSONShapeError) in try reader.rational() }
  }

  /// A whole number.
  package func integer(_ key: String) throws(Refusal) -> Int {
    try read(key) { reader throws(JSONShapeError) in try reader.integer() }
  }

  /// A text.
  package func text(_ key: String) throws(Refusal) -> String {
    try read(key) { reader throws(JSONShapeError) in try reader.string() }
  }

  /// Rows of numbers; a flat list is one column where `allowingColumn`.
  package func matrix(_ key: String, allowingColumn: Bool = false) throws(Refusal) -> RationalMatrix {
    try read(key) { reader throws(JSONShapeError) in try reader.matrix(allowingColumn: allowingColumn) }
  }

  /// A list of whole numbers.
  package func integers(_ key: String) throws(Refusal) -> [Int] {
    try read(key) { reader throws(JSONShapeError) in
      try reader.elements().map { element throws(JSONShapeError) in try element.integer() }
    }
  }

  /// λ ≥ 0.
  package func lambda() throws(Refusal) -> Rational {
    let lambda = try rational("lambda")
    guard lambda.signum >= 0 else { throw Refusal(.negativeLambda, "lambda is negative and must be at least 0") }
    return lambda
  }

  /// Σ, p1, p2, q and w1, and n where the operation needs it, as a valid instance.
  package func instance(withRows: Bool) throws(Refusal) -> Instance {
    try instance(withRows ? ["w1", "n"] : ["w1"])
  }

  /// The same for an operation on problems: every key of its input, and those that may be left out where they are given.
  ///
  /// λ is not among them, as the kinds of λ that are refused differ.
  package func instance(of operation: OracleOperation) throws(Refusal) -> Instance {
    var keys = Set(operation.problemKeys ?? [])
    // What helps a tuned student helps it at every n; a joint teacher may know the law itself.
    for (key, isOptional) in [("n", operation == .tunedHelps), ("teacher_rows", operation == .jointTeacherRisk)]
    where isOptional && reader.member(key) == nil { keys.remove(key) }
    return try instance(keys)
  }

  private func instance(_ keys: Set<String>) throws(Refusal) -> Instance {
    let (p1, p2) = (try integer("p1"), try integer("p2"))
    let q = reader.member("q") == nil ? 1 : try integer("q")
    let sigma = try matrix("sigma")
    // Where no teacher is asked for, none is looked at; of sizes that do not fit Σ none is made.
    func fitting(_ size: Int) -> Int { min(max(size, 0), sigma.rows) }
    let w1 =
      keys.contains("w1")
      ? try matrix("w1", allowingColumn: true) : RationalMatrix(rows: fitting(p1), columns: fitting(q)) { _, _ in 0 }
    let n = keys.contains("n") ? try integer("n") : nil
    let extras = InstanceExtras(
      unlabelled: keys.contains("unlabelled") ? try integer("unlabelled") : nil,
      ridge: keys.contains("ridge") ? try rational("ridge") : nil,
      secondTeacher: keys.contains("w1b") ? try matrix("w1b", allowingColumn: true) : nil,
      teacherRows: keys.contains("teacher_rows") ? try integer("teacher_rows") : nil)
    do throws(InstanceError) {
      return try Instance(sigma: sigma, p1: p1, p2: p2, q: q, w1: w1, n: n, extras: extras)
    } catch { throw Refusal(error) }
  }
}

extension Refusal {
  /// The refusal of an instance that is not valid.
  package init(_ error: InstanceError) {
    let rule: Rule =
      switch error {
      case .sizeTooSmall, .sigmaSize, .teacherShape, .split, .secondTeacherShape, .designWidth, .rowMoments: .sizes
      case .negativeUnlabelled: .negativeUnlabelled
      case .negativeRidge: .negativeRidge
      case .secondTeacherIsFirst: .sameTeacher
      case .teacherRows: .teacherRows
      // Of designs and of instances beside each other, which no operation takes.
      case .deficientDesign, .rowMoment, .thirdInstance, .other: .sizes
      case .sigma(let problem): Refusal.rule(for: problem)
      case .zeroTeacher: .degenerateTeacher
      case .zeroOptimalStudent: .degenerateStudent
      case .illPosed: .illPosed
      case .negativeLambda: .negativeLambda
      }
    self.init(rule, "\(error)")
  }

  /// The refusal of a Σ that is no covariance.
  init(sigma error: MatrixError) { self.init(Refusal.rule(for: error), "sigma: \(error)") }

  private static func rule(for error: MatrixError) -> Rule {
    switch error {
    case .ragged, .notSquare: .sizes
    case .notSymmetric: .notSymmetric
    case .notPositiveDefinite, .singular: .notPositiveDefinite
    }
  }
}
