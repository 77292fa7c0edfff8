// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import ExactJSON
import Oracle
import PropertyTesting
import RandomInstances
import Vectors

/// A fresh input of one operation.
struct RandomCase: Sendable {
  let operation: OracleOperation
  let input: JSONValue

  /// Valid inputs of `operations`, with numbers that a `Double` holds; small sizes and small whole numbers are the simplest.
  static func generator(_ operations: [OracleOperation]) -> Generator<RandomCase> {
    Generator { tape in
      let operation = try Generator.element(of: operations)(&tape)
      switch operation {
      case .mutualInformation: return RandomCase(operation: operation, input: try information(&tape))
      case .fitStudent: return RandomCase(operation: operation, input: try student(&tape))
      case .evaluate: return RandomCase(operation: operation, input: try statement(&tape))
      case .ksg, .gaussianPlugIn: return RandomCase(operation: operation, input: try estimate(operation, &tape))
      default: return RandomCase(operation: operation, input: try problem(operation, &tape))
      }
    }
  }

  // MARK: Covariances

  private static func information(_ tape: inout ChoiceTape) throws -> JSONValue {
    let (p, q) = (try size(3, &tape), try size(3, &tape))
    let rest = try Generator.int(in: 0...2)(&tape)
    let sigma = try covariance(p + q + rest, &tape)
    // A permutation, one choice after the other.
    var (left, order) = (Array(0..<(p + q + rest)), [Int]())
    while !left.isEmpty { order.append(left.remove(at: tape.integer(in: 0...(left.count - 1)))) }
    let (u, w) = (order.prefix(p), order.dropFirst(p).prefix(q))
    return [
      "sigma": .rows(sigma), "u": .array(u.map { JSONValue($0) }), "w": .array(w.map { JSONValue($0) }),
    ]
  }

  private static func problem(_ operation: OracleOperation, _ tape: inout ChoiceTape) throws -> JSONValue {
    let q = try Generator.frequency([(3, .constant(1)), (1, .constant(2))])(&tape)
    let (p1, p2) = (q - 1 + (try size(4, &tape)), q - 1 + (try size(4, &tape)))
    let sigma = try covariance(p1 + p2 + q, &tape)
    let scale = try Generator.int(in: -3...6)(&tape)
    func teacher(_ tape: inout ChoiceTape) throws -> RationalMatrix {
      let weights = try (0..<p1).map { _ in
        try (0..<q).map { _ in Rational(try Generator.int(in: -8...8)(&tape)) * Rational.powerOfTwo(scale) }
      }
      return RationalMatrix(rows: p1, columns: q) { weights[$0][$1] }
    }
    let w1 = try teacher(&tape)
    let least = p2 + 2 + (operation == .pseudoLabelRisk ? p1 : 0)
    let n = least + (try Generator.int(in: 0...60)(&tape))
    let lambda = Rational(try Generator.int(in: (operation == .crossover ? 1 : 0)...64)(&tape), 8)
    let keys = Set(operation.problemKeys ?? [])
    var extras = InstanceExtras()
    if keys.contains("unlabelled") { extras.unlabelled = try Generator.int(in: 0...60)(&tape) }
    if keys.contains("ridge") { extras.ridge = Rational(try Generator.int(in: 0...400)(&tape), 8) }
    if keys.contains("w1b") { extras.secondTeacher = try teacher(&tape) }
    if keys.contains("teacher_rows"), tape.integer(in: 0...3) > 0 {
      extras.teacherRows = p1 + p2 + 2 + (try Generator.int(in: 0...60)(&tape))
    }
    do {
      let instance = try Instance(
        sigma: sigma, p1: p1, p2: p2, q: q, w1: w1, n: n, lambda: lambda, extras: extras)
      return instance.input(of: operation)
    } catch { throw Rejection(error) }
  }

  /// Every coordinate at a scale of its own, of which a Double holds all products.
  private static func covariance(_ size: Int, _ tape: inout ChoiceTape) throws -> RationalMatrix {
    try tape.covariance(size: size) { tape in Rational.powerOfTwo(try Generator.int(in: -20...20)(&tape)) }
  }

  private static func size(_ limit: Int, _ tape: inout ChoiceTape) throws -> Int {
    try Generator.int(in: 1...limit, towards: 1)(&tape)
  }

  private static func statement(_ tape: inout ChoiceTape) throws -> JSONValue {
    let text = try RandomStatement.text(&tape)
    return try problem(.distillationRisk, &tape).setting("statement", .string(text))
  }

  // MARK: Data

  private static func student(_ tape: inout ChoiceTape) throws -> JSONValue {
    let p2 = try size(3, &tape)
    let rows = try rows(of: p2 + 2, count: (p2 + 1)...12, &tape)
    return [
      "x2": .array(rows.map { .list(Array($0.prefix(p2))) }), "y": .list(rows.map { $0[p2] }),
      "t": .list(rows.map { $0[p2 + 1] }), "lambda": .double(Rational(try Generator.int(in: 0...64)(&tape), 8)),
    ]
  }

  private static func estimate(_ operation: OracleOperation, _ tape: inout ChoiceTape) throws -> JSONValue {
    let (p1, p2) = (try size(3, &tape), try size(3, &tape))
    let rows = try rows(of: p1 + p2, count: (p1 + p2 + 1)...24, &tape)
    let sides: JSONValue = [
      "x": .array(rows.map { .list(Array($0.prefix(p1))) }), "y": .array(rows.map { .list(Array($0.dropFirst(p1))) }),
    ]
    guard operation == .ksg else {
      return sides.setting("correction", .string(tape.integer(in: 0...1) == 0 ? "none" : "digamma"))
    }
    let k = try Generator.int(in: 1...min(6, rows.count - 1), towards: 1)(&tape)
    return sides.setting("k", JSONValue(k)).setting("variant", JSONValue(1 + tape.integer(in: 0...1)))
  }

  /// Rows whose numbers are whole or quarters; whole ones tie often.
  private static func rows(of columns: Int, count: ClosedRange<Int>, _ tape: inout ChoiceTape) throws -> [[Rational]] {
    let unit = tape.integer(in: 0...1) == 0 ? Rational(1) : Rational(1, 4)
    let row = Generator<[Rational]> { tape in
      try (0..<columns).map { _ in unit * Rational(try Generator.int(in: -99...99)(&tape)) }
    }
    return try row.array(count: count)(&tape)
  }
}
