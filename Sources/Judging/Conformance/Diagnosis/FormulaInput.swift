// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Gaussian
import MistakeCatalogue
import Oracle

/// One input that many formulas are tried on: what they share is computed once.
final class FormulaInput {
  let question: OracleInput
  private var cachedRisk: Result<RiskCase, any Error>?
  private var cachedStudent: Result<StudentCase, any Error>?
  private var cachedInformations: Result<Informations, any Error>?
  private var cachedSample: Result<Sample, any Error>?
  private var cachedTable: KSGTable?
  private var cachedStatement: Result<StatementQuestion, any Error>?

  init(_ question: OracleInput) { self.question = question }

  /// A statement and what it is asked about.
  func statement() throws -> StatementQuestion {
    let result = cachedStatement ?? Result { try StatementQuestion(question.reader.value) }
    cachedStatement = result
    return try result.get()
  }

  /// What the risk is made of.
  func risk() throws -> RiskCase {
    let result = cachedRisk ?? Result { try RiskCase(question) }
    cachedRisk = result
    return try result.get()
  }

  /// What students of further kinds are made of; every input is asked about one operation only.
  func student(_ operation: OracleOperation) throws -> StudentCase {
    let result = cachedStudent ?? Result { try StudentCase(operation, question) }
    cachedStudent = result
    return try result.get()
  }

  /// The instance and its informations, for the operations that have no n.
  struct Informations {
    let instance: Instance
    let moments: Moments
    /// I(t; s) and I(s; y).
    let teacher, label: Double

    /// I(u; w | z) of lists of the parts 0: t, 1: s, 2: y.
    func among(_ u: [Int], _ w: [Int], given z: [Int] = []) throws -> Double {
      let (q, explained) = (moments.q, moments.explained)
      let joint = RationalMatrix(rows: 3 * q, columns: 3 * q) { i, j in
        let (a, b) = (i % q + (i < q ? 0 : q), j % q + (j < q ? 0 : q))
        return (q..<(2 * q)).contains(i) || (q..<(2 * q)).contains(j) ? explained[a, b] : moments.total[a, b]
      }
      func determinant(_ parts: [Int]) -> Double {
        parts.isEmpty ? 0 : logDeterminant(of: joint, parts.flatMap { ($0 * q)..<(($0 + 1) * q) })
      }
      return 0.5 * (determinant(u + z) + determinant(w + z) - determinant(u + w + z) - determinant(z))
    }

    /// ln det of a part of a covariance; NaN where it is singular.
    func logDeterminant(of matrix: RationalMatrix, _ part: [Int]) -> Double {
      let determinant = matrix.selecting(part).determinant
      return determinant.signum > 0 ? 2 * HalfLogarithm(of: determinant).asDouble : .nan
    }
  }

  func informations() throws -> Informations {
    let result =
      cachedInformations
      ?? Result {
        let instance = try question.instance(withRows: false)
        let moments = Moments(instance)
        return Informations(
          instance: instance, moments: moments, teacher: try moments.teacherInformation().asDouble,
          label: try moments.labelInformation().asDouble)
      }
    cachedInformations = result
    return try result.get()
  }

  /// Rows of x and y, in floating point, and what the plug-in estimate is made of.
  struct Sample {
    let x, y: RationalMatrix
    let scatter: RationalMatrix
    /// The plug-in estimate without correction.
    let plain: Double?
  }

  /// The values of formulas around KSG's on the sample; nil where it has too many rows for all pairs.
  func table() throws -> KSGTable? {
    if let cachedTable { return cachedTable }
    let sample = try sample()
    guard (2...2000).contains(sample.x.rows) else { return nil }
    func columns(_ side: RationalMatrix) -> [[Double]] { side.transposed.values.map { $0.map(\.asDouble) } }
    let table = KSGTable(x: columns(sample.x), y: columns(sample.y))
    cachedTable = table
    return table
  }

  func sample() throws -> Sample {
    let result =
      cachedSample
      ?? Result {
        let (x, y) = try ExactOracle.pairedRows(question)
        let scatter = RationalMatrix.scatter(of: x, y)
        let plain = try? scatter.mutualInformation(Array(0..<x.columns), Array(x.columns..<scatter.rows))
        return Sample(
          x: x, y: y, scatter: scatter, plain: plain?.asDouble)
      }
    cachedSample = result
    return try result.get()
  }
}
