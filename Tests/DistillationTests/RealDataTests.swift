// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Claims
import Distillation
import ExactAlgebra
import Foundation
import DataTables
import Gaussian
import TestSupport
import Testing

/// The public data sets, exactly and by an independent computation in floating point.
@Suite struct RealDataTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    let teacher, student: [String]
    let label: String
    /// I(t;s) and I(s;y) to four decimals, as computed when the sets were chosen.
    let informations: (Double, Double)
    let predicts: Bool
    var testDescription: String { "\(file): \(student.joined(separator: ", "))" }
  }

  static let cars = ["cylinders", "displacement", "horsepower", "weight"]
  static let cases = [
    Case(
      file: "autompg", teacher: cars, student: ["model_year"], label: "mpg", informations: (0.0654, 0.2055),
      predicts: false),
    Case(
      file: "autompg", teacher: cars, student: ["acceleration"], label: "mpg", informations: (0.1492, 0.0987),
      predicts: true),
    Case(
      file: "diabetes", teacher: ["s1", "s2", "s3", "s4", "s5", "s6"], student: ["age", "sex", "bmi", "bp"],
      label: "progression", informations: (0.1766, 0.2556), predicts: false),
  ]

  @Test(arguments: cases) func exactAgainstFloatingPoint(item: Case) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../fixtures/data")
    let bytes = try Data(contentsOf: folder.appendingPathComponent(item.file + ".csv"))
    let names = item.teacher + item.student + [item.label]
    let sigma = try DataTable(bytes: bytes).covariance(of: names)
    let instance = try Instance(sigma: sigma, p1: item.teacher.count, p2: item.student.count, w1: nil)
    let facts = Facts(instance)
    let float = try FloatingPoint(String(decoding: bytes, as: UTF8.self), names, p1: item.teacher.count)
    let (teacher, label) = (try facts.teacherInformation(), try facts.labelInformation())
    #expect(abs(teacher.asDouble - item.informations.0) < 5e-5 && abs(label.asDouble - item.informations.1) < 5e-5)
    // The covariances have condition numbers up to 1e8, so half of the 16 digits are left.
    #expect(agree(float.teacherInformation, teacher.asDouble, relative: 1e-8))
    #expect(agree(float.labelInformation, label.asDouble, relative: 1e-8))
    #expect(agree(float.residualVariance, facts.moments.residualVariance.asDouble, relative: 1e-8))
    #expect(agree(float.c, facts.moments.residualCovariance.asDouble, relative: 1e-8))
    #expect((teacher > label) == item.predicts)
    #expect(facts.moments.helpsForSmallLambda, "in all three a little distillation helps")
  }
}

/// Centred columns, least squares by QR (LAPACK), variances of residuals: no covariance matrix is formed or inverted.
private struct FloatingPoint {
  let teacherInformation, labelInformation, residualVariance, c: Double

  init(_ csv: String, _ names: [String], p1: Int) throws {
    let lines = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let header = lines[0].map(String.init)
    let columns = try names.map { name -> [Double] in
      let position = try #require(header.firstIndex(of: name))
      let values = try lines.dropFirst().map { try #require(Double($0[position])) }
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    let (x1, x2, y) = (Array(columns[..<p1]), Array(columns[p1..<(names.count - 1)]), columns[names.count - 1])
    let t = try Self.fitted(y, on: x1)
    let s = try Self.fitted(y, on: x2)
    let dot = { (a: [Double], b: [Double]) in zip(a, b).reduce(0.0) { $0 + $1.0 * $1.1 } }
    let information = { (a: [Double], b: [Double]) in -0.5 * log(1 - dot(a, b) * dot(a, b) / (dot(a, a) * dot(b, b))) }
    teacherInformation = information(t, s)
    labelInformation = information(s, y)
    let residualY = zip(y, s).map { $0 - $1 }
    let residualT = zip(t, try Self.fitted(t, on: x2)).map { $0 - $1 }
    let degrees = Double(y.count - 1)
    residualVariance = dot(residualY, residualY) / degrees
    c = dot(residualT, residualY) / degrees
  }

  private static func fitted(_ y: [Double], on columns: [[Double]]) throws -> [Double] {
    let (rows, width) = (Int32(y.count), Int32(columns.count))
    var (design, right) = (columns.flatMap { $0 }, y)
    let status = LAPACKE_dgels(LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), rows, width, 1, &design, rows, &right, rows)
    try #require(status == 0)
    return y.indices.map { row in columns.indices.reduce(0.0) { $0 + columns[$1][row] * right[$1] } }
  }
}
