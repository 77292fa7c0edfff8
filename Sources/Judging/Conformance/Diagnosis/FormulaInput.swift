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
  private var cachedInformations: Result<Informations, any Error>?
  private var cachedSample: Result<Sample, any Error>?
  private var cachedTable: KSGTable?

  init(_ question: OracleInput) { self.question = question }

  /// What the risk is made of.
  func risk() throws -> RiskCase {
    let result = cachedRisk ?? Result { try RiskCase(question) }
    cachedRisk = result
    return try result.get()
  }

  /// The instance and its informations, for the operations that have no n.
  struct Informations {
    let instance: Instance
    let moments: Moments
    /// I(t; s) and I(s; y).
    let teacher, label: Double
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
