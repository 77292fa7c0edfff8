// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting

extension InstanceGenerator {
  /// The instance with the extras that the claim speaks of, and in the form that it supposes.
  func withExtras(_ instance: Instance, _ tape: inout ChoiceTape) throws -> Instance {
    func number(_ range: ClosedRange<Int>, towards simplest: Int) throws -> Int {
      try Generator.int(in: range, towards: simplest)(&tape)
    }
    var changed = instance
    if demand.isIndependentGivenLabel { changed = try instance.independentGivenLabel() ?? instance }
    if demand.candidates == .equal {
      let start = try number(0...(equalScales.count - 1), towards: 0)
      guard let both = try instance.withEqualCandidate(scales: equalScales, from: start) else {
        throw Rejection("no equal candidate")
      }
      changed = both
    }
    var extras = changed.extras
    if let other = extras.other { extras.other = try withExtras(other, &tape) }
    if demand.hasUnlabelled { extras.unlabelled = try number(0...60, towards: 1) }
    if demand.hasRidge {
      extras.ridge = Rational(try number(0...40, towards: 1), try number(1...4, towards: 1))
    }
    if demand.hasTeacherRows {
      extras.teacherRows = changed.p1 + changed.p2 + 2 + (try number(0...60, towards: 0))
    }
    if demand.hasSecondTeacher {
      let weights = try (0..<changed.p1).map { i in
        Rational(try number(-9...9, towards: i == changed.p1 - 1 ? 1 : 0), try number(1...4, towards: 1))
      }
      extras.secondTeacher = .column(weights)
    }
    if demand.hasDesign { try drawRows(&extras, changed.p2, &tape) }
    return extras.isEmpty ? changed : try changed.with(extras: extras)
  }

  /// Rows of x2, the first of which are triangular, with moments of their own where the claim asks for them.
  private func drawRows(_ extras: inout InstanceExtras, _ width: Int, _ tape: inout ChoiceTape) throws {
    func number(_ range: ClosedRange<Int>, towards simplest: Int) throws -> Int {
      try Generator.int(in: range, towards: simplest)(&tape)
    }
    let count = width + (try number(0...3, towards: 1))
    var (rows, moments): ([[Rational]], [RowMoments]) = ([], [])
    for i in 0..<count {
      rows.append(
        try (0..<width).map { j in
          if i < width, j > i { return 0 }
          return Rational(try i == j ? number(1...5, towards: 1) : number(-5...5, towards: 0))
        })
      let (y, t, shared) = (
        try number(1...9, towards: 1), try number(1...9, towards: 1), try number(-9...9, towards: 0)
      )
      moments.append(RowMoments(y: Rational(y), ty: Rational(shared * shared <= y * t ? shared : 0), t: Rational(t)))
    }
    extras.design = try RationalMatrix(rows)
    if demand.hasRowMoments { extras.rowMoments = moments }
  }
}
