// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Plotting
import Testing

@testable import Reporting

@Suite struct CurveTests {
  /// What the document says of single places, computed exactly elsewhere: R0, R at the given λ, the end of the window, the gain.
  @Test(arguments: [Sample.explain, .several, .students]) func curvesPassThroughWhatTheDocumentSays(sample: Sample)
    throws
  {
    let document = try sample.document.reader
    guard let curve = try RiskCurve(document) else { #expect(sample == .several); return }
    func number(_ key: String) throws -> Double { try document.quantity(key).value }
    let base = try number("baseline_risk")
    #expect(abs(curve.risk(lambda: 0) - base) < 1e-12)
    #expect(
      abs(curve.risk(lambda: try document.required("instance").quantity("lambda").value) - (try number("risk"))) < 1e-12
    )
    #expect(abs(curve.risk(lambda: try document.required("window").quantity("upper").value) - base) < 1e-12)
    let best = try number("best_lambda")
    #expect(abs(base - curve.risk(lambda: best) - (try number("best_gain"))) < 1e-12)
    #expect(abs(curve.bestGain - (try number("best_gain"))) < 1e-12)
    #expect(curve.points(to: 2).allSatisfy { $0.y >= curve.risk(lambda: best) - 1e-12 })
    #expect(abs((curve.risk(lambda: 1e-7) - base) / 1e-7 - (try number("slope"))) < 1e-5)
  }

  /// The parabola through three exact values of a student's document passes through all of them.
  @Test func exactRisksOfAStudentLieOnTheParabola() throws {
    let rows = try Sample.student.document.reader.elements("studies")[0].elements("rows")
    let points = try rows.map { row in
      let lambda = try row.quantity("lambda").value
      return Point(lambda / (1 + lambda), try row.required("risk").quantity("exact").value)
    }
    let curve = parabola(through: points, count: 4000)
    for point in points {
      let near = curve.min { abs($0.x - point.x) < abs($1.x - point.x) }
      #expect(abs((near?.y ?? 0) - point.y) < 1e-3)
    }
    #expect(parabola(through: Array(points.prefix(2)), count: 10).count == 2)
  }
}
