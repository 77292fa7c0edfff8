// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra
import Foundation
import Testing

@testable import Estimation

/// The truths that are no logarithm of a rational, against integrals of the densities, to 1e-12.
@Suite struct TruthTests {
  /// I = h(x) + h(y) − h(x, y), h = −E ln p, by integration of the density of Student's t over the radius.
  @Test(arguments: [(1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)])
  func studentTruths(_ n: Int, _ degrees: Int) throws {
    let task = try #require(EstimationTask.benchmark("student-identity-\(n)-\(n)-\(degrees)"))
    func entropy(_ n: Int) -> Double {
      let (d, nu) = (Double(n), Double(degrees))
      let constant = lgamma((nu + d) / 2) - lgamma(nu / 2) - d / 2 * log(nu * .pi)
      // With R² = ν tan²θ, of density ∝ sinᵈ⁻¹θ cos^(ν−1)θ, 1 + R²/ν is 1/cos²θ. Near π/2 cos θ is the sine of the distance.
      func mean(_ value: (_ cosine: Double) -> Double) -> Double {
        integral(to: .pi / 2) { theta, rest in
          pow(sin(theta), d - 1) * pow(sin(rest), nu - 1) * value(sin(rest))
        }
      }
      return (nu + d) / 2 * mean { -2 * log($0) } / mean { _ in 1 } - constant
    }
    #expect(abs(task.nats - (2 * entropy(n) - entropy(2 * n))) < 1e-12)
  }

  /// The same sums in rational numbers, logarithms and π alone.
  ///
  /// At whole numbers ψ is −γ + a harmonic sum, at halves −γ − 2 ln 2 + 2 Σ 1/(2k − 1), and γ cancels.
  @Test(arguments: [(1, 1), (2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)])
  func studentTruthsByElementaryFunctions(_ n: Int, _ degrees: Int) throws {
    let task = try #require(EstimationTask.benchmark("student-identity-\(n)-\(n)-\(degrees)"))
    /// ln Γ(x/2) − (x/2)(ψ(x/2) + γ).
    func f(_ x: Int) -> Double {
      if x % 2 == 0 {
        let m = x / 2
        return (1..<m).reduce(0.0) { $0 + log(Double($1)) } - Double(m) * (1..<m).reduce(0.0) { $0 + 1 / Double($1) }
      }
      let m = (x - 1) / 2
      let gamma = log(Double.pi) / 2 + (0..<m).reduce(0.0) { $0 + log(Double($1) + 0.5) }
      let psi = -2 * log(2.0) + (0..<m).reduce(0.0) { $0 + 1 / (Double($1) + 0.5) }
      return gamma - Double(x) / 2 * psi
    }
    #expect(abs(task.nats - (f(degrees) + f(degrees + 2 * n) - 2 * f(degrees + n))) < 1e-12)
  }

  /// I = h(x + u) − h(u), the density of the sum of two uniform numbers being a trapezium.
  @Test(arguments: [("0.1", 0.1), ("0.75", 0.75)]) func additiveTruths(_ name: String, _ epsilon: Double) throws {
    let task = try #require(EstimationTask.benchmark("1v1-additive-\(name)"))
    // u takes 2ε, x takes 1: two ramps as wide as the narrower of them, and a plateau.
    let (ramp, height) = (min(1, 2 * epsilon), 1 / max(1, 2 * epsilon))
    let ramps = 2 * integral(to: ramp) { distance, _ in -(height * distance / ramp) * log(height * distance / ramp) }
    let plateau = -(abs(1 - 2 * epsilon) * height) * log(height)
    #expect(abs(task.nats - (ramps + plateau - log(2 * epsilon))) < 1e-12)
  }

  /// ∫₀^end f by the double exponential substitution (Takahasi & Mori 1974), to which singular ends do no harm.
  ///
  /// - Parameter f: of a place and its distance from the end, which near the end has digits that `end − place` lacks.
  private func integral(to end: Double, _ f: (_ place: Double, _ rest: Double) -> Double) -> Double {
    let step = 1 / 64.0
    return (-256...256).reduce(0) { sum, i in
      let t = Double(i) * step
      let u = Double.pi / 2 * sinh(t)
      let (place, rest) = (end / (1 + exp(-2 * u)), end / (1 + exp(2 * u)))
      return sum + step * f(place, rest) * 2 / end * place * rest * .pi / 2 * cosh(t)
    }
  }
}
