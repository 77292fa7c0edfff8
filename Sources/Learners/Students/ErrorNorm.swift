// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// The law of r = ‖u‖² for one column u of the estimation error of least squares, in whitened coordinates.
///
/// Given the design, u is N(0, W⁻¹) with W Wishart(n, 1) of p2 dimensions, so that u is multivariate Student-t and r the
/// ratio of independent chi-squared numbers of p2 and of ν = n − p2 + 1 degrees of freedom; r/(1+r) is Beta(p2/2, ν/2).
/// E r = p2/(n−p2−1); E r² is finite for n ≥ p2+4 only. Moments up to a cut are finite for every n.
struct ErrorNorm: Sendable {
  /// The degrees of freedom of the numerator, p2.
  let inputs: Int
  /// ν = n − p2 + 1.
  let degrees: Int
  /// Norms above it are taken out of statistics, and put back by their exact mean.
  let cut: Double
  /// E[r; r > cut].
  let tailMean: Double
  /// E[r; r ≤ cut].
  let mean: Double
  /// E[r²; r ≤ cut].
  let secondMoment: Double

  /// The share of errors above the cut.
  static let tailProbability = 1e-3

  /// The law for `rows` training rows of `inputs` inputs.
  ///
  /// - Precondition: rows ≥ inputs + 2, so that E r is finite.
  init(rows: Int, inputs: Int) {
    precondition(rows >= inputs + 2, "the mean is finite")
    _ = noAbortOfGSL
    (self.inputs, degrees) = (inputs, rows - inputs + 1)
    let (a, b) = (Double(inputs) / 2, Double(rows - inputs + 1) / 2)
    let share = ErrorNorm.quantile(a, b)
    let cut = share / (1 - share)
    let tail = a / (b - 1) * ErrorNorm.upperTail(share, a + 1, b - 1)
    let mean = a / (b - 1) - tail
    guard cut.isFinite, tail.isFinite, mean.isFinite else {
      // Without a cut nothing is taken out, and without a finite second moment nothing is judged.
      (self.cut, tailMean, self.mean, secondMoment) = (.infinity, 0, a / (b - 1), .infinity)
      return
    }
    (self.cut, tailMean, self.mean) = (cut, tail, mean)
    secondMoment =
      b > 2
      ? a * (a + 1) / ((b - 1) * (b - 2)) * (1 - ErrorNorm.upperTail(share, a + 2, b - 2))
      : ErrorNorm.integral(from: 0, to: share) { x in
        // x = r/(1+r) has density x^(a−1) (1−x)^(b−1) / B(a, b).
        exp((a + 1) * log(x) + (b - 3) * log(1 - x) - gsl_sf_lnbeta(a, b))
      }
  }

  /// Var[r; r ≤ cut], of r where it is up to the cut and 0 elsewhere.
  var variance: Double { max(0, secondMoment - mean * mean) }

  /// Where Beta(a, b) has the tail probability above, by bisection: GSL's own inverse fails for some large degrees.
  private static func quantile(_ a: Double, _ b: Double) -> Double {
    var (low, high) = (0.0, farAbove(a / (a + b), a, b))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if upperTail(middle, a, b) > tailProbability { low = middle } else { high = middle }
    }
    return high
  }

  /// The probability that Beta(a, b) is above x: GSL's, or, where that fails for large degrees, by integration.
  private static func upperTail(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let probability = gsl_cdf_beta_Q(x, a, b)
    if probability.isFinite { return probability }
    let end = farAbove(max(x, a / (a + b)), a, b)
    return integral(from: x, to: end) { exp((a - 1) * log($0) + (b - 1) * log(1 - $0) - gsl_sf_lnbeta(a, b)) }
  }

  /// Forty standard deviations of Beta(a, b) above x, where nothing of it is left, or 1.
  private static func farAbove(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let mean = a / (a + b)
    return min(1, x + 40 * (mean * (1 - mean) / (a + b + 1)).squareRoot())
  }

  /// ∫ f, adaptively (QUADPACK's QAG).
  private static func integral(from start: Double, to end: Double, _ f: @escaping (Double) -> Double) -> Double {
    let limit = 1_000
    guard let workspace = gsl_integration_workspace_alloc(limit) else { return .infinity }
    defer { gsl_integration_workspace_free(workspace) }
    let box = Integrand(f)
    var function = gsl_function(
      function: { x, box in box.map { Unmanaged<Integrand>.fromOpaque($0).takeUnretainedValue().f(x) } ?? 0 },
      params: Unmanaged.passUnretained(box).toOpaque())
    var (value, error) = (0.0, 0.0)
    let status = withExtendedLifetime(box) {
      gsl_integration_qag(&function, start, end, 0, 1e-10, limit, 6, workspace, &value, &error)
    }
    // An infinite second moment makes every test that uses it accept: it cannot raise a false alarm.
    return status == 0 ? value : .infinity
  }
}

private final class Integrand {
  let f: (Double) -> Double
  init(_ f: @escaping (Double) -> Double) { self.f = f }
}

/// Makes GSL report errors by status instead of ending the program.
let noAbortOfGSL: Void = { _ = gsl_set_error_handler_off() }()
