// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation
import Statistics

/// What one method says about one's own data, and how far it can be believed.
public struct InformationFinding: Sendable {
  /// How a method does on a Gaussian with the correlations of the data, at as many rows.
  public struct GaussianError: Sendable, Hashable {
    /// The information of the Gaussian, in nats.
    public let truth: Double
    /// The mean error, in nats.
    public let bias: Double
    /// The standard error of the mean error.
    public let standardError: Double
    /// The root mean square error, in nats.
    public let rootMeanSquare: Double
    /// The number of samples.
    public let count: Int
  }

  /// The name of the method.
  public let method: String
  /// The estimate; nil where there is none.
  public let estimate: Estimate?
  /// Why there is no estimate.
  public let reason: String?
  /// The estimate with an interval from random halves of the rows, and how many there were.
  public let interval: (value: IntervalEstimate, halves: Int)?
  /// The test against random orders.
  public let test: PermutationTest?
  /// The error on Gaussian data.
  public let onGaussian: GaussianError?
  /// Why the figure may mean little, a line each.
  public let warnings: [String]

  /// Fewer halves than these tell no standard deviation.
  private static let fewestHalves = 10

  init(
    _ method: InformationMethod, _ result: Result<Estimate, EstimationError>, halves: [Double], orders: [Double],
    simulations: [Double], truth: Double?, _ study: InformationStudy
  ) {
    self.method = method.name
    guard case .success(let estimate) = result else {
      if case .failure(let error) = result { reason = "\(error)" } else { reason = nil }
      (self.estimate, interval, test, onGaussian, warnings) = (nil, nil, nil, nil, [])
      return
    }
    (self.estimate, reason) = (estimate, nil)
    if halves.count >= Self.fewestHalves {
      let radius = gsl_cdf_ugaussian_Pinv((1 + study.settings.confidence) / 2) * Self.deviation(halves)
      interval = (
        IntervalEstimate(value: estimate.nats, lower: estimate.nats - radius, upper: estimate.nats + radius),
        halves.count
      )
    } else {
      interval = nil
    }
    test = PermutationTest(estimate.nats, others: orders)
    if let truth, simulations.count >= 2 {
      let errors = simulations.map { $0 - truth }
      let n = Double(errors.count)
      onGaussian = GaussianError(
        truth: truth, bias: errors.reduce(0, +) / n, standardError: Self.deviation(errors) / n.squareRoot(),
        rootMeanSquare: (errors.reduce(0) { $0 + $1 * $1 } / n).squareRoot(), count: errors.count)
    } else {
      onGaussian = nil
    }
    warnings = Self.warnings(method, estimate, interval?.value, test, onGaussian, study)
  }

  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  private static func warnings(
    _ method: InformationMethod, _ estimate: Estimate, _ interval: IntervalEstimate?, _ test: PermutationTest?,
    _ gaussian: GaussianError?, _ study: InformationStudy
  ) -> [String] {
    var warnings: [String] = []
    let (sample, n) = (study.sample, study.sample.count)
    let columns = sample.x.count + sample.y.count + sample.given.count
    let size = "\(n) rows and \(columns) columns"
    if let gaussian, abs(gaussian.bias) > max(0.05, gaussian.truth / 5) + 2 * gaussian.standardError {
      let word = gaussian.bias < 0 ? "too low" : "too high"
      warnings.append(
        "with \(size) \(method.name) is \(shortDecimal(abs(gaussian.bias))) nats \(word) on a Gaussian of these correlations, "
          + "whose information is \(shortDecimal(gaussian.truth)): the figure means little")
    }
    if let k = method.neighbours {
      let most = digamma(n) - digamma(k)
      if estimate.nats > 0.75 * most {
        warnings.append(
          "\(n) rows and \(k) neighbours can show no more than \(shortDecimal(most)) nats; the truth may be far above")
      }
    }
    if let test, warnings.isEmpty, abs(test.mean) > max(0.05, abs(estimate.nats) / 5) {
      warnings.append(
        "where there is nothing to find, \(method.name) says \(shortDecimal(test.mean)) nats with \(size): compare with that, not with 0"
      )
    }
    if let interval, let test, interval.lower > 0, test.probability > 0.05 {
      warnings.append("the interval leaves 0 out and the test does not: it is the method's bias that does")
    }
    let read = sample.x + sample.y + (method.readsGiven ? sample.given : [])
    if method.readsGaussian, let column = read.first(where: { $0.kind == .discrete }) {
      warnings.append("\(method.name) reads the classes of \"\(column.name)\" as numbers on a line")
    }
    return warnings
  }

  private static func digamma(_ m: Int) -> Double { gsl_sf_psi(Double(m)) }
}

extension InformationMethod {
  /// The number of neighbours where it looks for some among all rows.
  fileprivate var neighbours: Int? {
    switch way {
    case .pair(let ksg as KSG): ksg.k
    case .pair(let mixed as MixedKSG): mixed.k
    default: nil
    }
  }

  /// Whether it knows Gaussians only.
  fileprivate var readsGaussian: Bool {
    switch way {
    case .pair(let estimator): estimator.family == .gaussian
    case .conditional(let within as WithinClasses): within.estimator.family == .gaussian
    case .conditional(let conditional): conditional is ConditionalPlugIn
    }
  }

  /// Whether it reads what is given as numbers.
  fileprivate var readsGiven: Bool {
    if case .conditional(let conditional) = way { conditional is ConditionalPlugIn } else { false }
  }
}
