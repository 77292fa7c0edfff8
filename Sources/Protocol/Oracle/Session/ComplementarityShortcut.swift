// SPDX-License-Identifier: GPL-3.0-or-later
import CFLINT
import ExactAlgebra
import Foundation

/// Answers plain `cch` requests of one output from the bytes of the line, in memory that is used again.
///
/// It gives the bytes that the general path gives, or gives up, so that the general path answers: for every invalid input,
/// for instance. One fraction-free elimination of whole numbers, in the order x2, x1, y, checks that Σ is positive definite
/// and has cov(x1, y | x2) on its way.
final class ComplementarityShortcut {
  private let numbers = ScannedNumbers()
  private let decimals = FixedPointLogarithm()
  private var integers = IntegerScratch(count: 64)
  /// The three informations, in fixed point.
  private let nats = IntegerScratch(count: 3)

  /// Appends the answer to `line`; false, and nothing appended, where it is no plain request.
  func answer(_ line: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) -> Bool {
    guard let request = RequestScanner(line, into: numbers), numbers.isSquare else { return false }
    let size = numbers.rows
    integers.reserve(size * size + request.p1 + 24)
    let problem = IntegerComplementarity(integers.start, p1: request.p1, p2: request.p2)
    guard problem.load(numbers), problem.solve() else { return false }
    let start = out.count
    if write(problem, seq: request.seq, to: &out) { return true }
    out.removeSubrange(start...)
    return false
  }

  private func write(_ problem: IntegerComplementarity, seq: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) -> Bool
  {
    let (teacher, label, delta) = (nats.start, nats.start + 1, nats.start + 2)
    decimals.logarithm(problem.teacher.p, problem.teacher.q, into: teacher)
    decimals.logarithm(problem.label.p, problem.label.q, into: label)
    fmpz_sub(delta, teacher, label)
    append("{\"kind\": \"result\", \"seq\": ", to: &out)
    out.append(contentsOf: seq)
    append(", \"output\": {\"i_ts\": {\"half_log_of\": \"", to: &out)
    append(problem.teacher, to: &out)
    append("\", \"nats\": \"", to: &out)
    guard decimals.append(teacher, to: &out) else { return false }
    append("\"}, \"i_sy\": {\"half_log_of\": \"", to: &out)
    append(problem.label, to: &out)
    append("\", \"nats\": \"", to: &out)
    guard decimals.append(label, to: &out) else { return false }
    append("\"}, \"delta\": {\"half_log_of\": \"", to: &out)
    append(problem.delta, to: &out)
    append("\", \"nats\": \"", to: &out)
    guard decimals.append(delta, to: &out) else { return false }
    append("\"}}}\n", to: &out)
    return true
  }

  private func append(_ text: StaticString, to out: inout [UInt8]) {
    out.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private func append(_ fraction: IntegerComplementarity.Fraction, to out: inout [UInt8]) {
    append(fraction.p, to: &out)
    guard fmpz_is_one(fraction.q) == 0 else { return }
    out.append(0x2F)
    append(fraction.q, to: &out)
  }

  private func append(_ integer: UnsafePointer<fmpz>, to out: inout [UInt8]) {
    let length = fmpz_sizeinbase(integer, 10) + 2
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(length)) { text in
      guard let start = text.baseAddress else { return }
      UnsafeMutableRawPointer(start).withMemoryRebound(to: CChar.self, capacity: text.count) {
        _ = fmpz_get_str($0, 10, integer)
        out.append(contentsOf: UnsafeBufferPointer(start: start, count: strlen($0)))
      }
    }
  }
}
