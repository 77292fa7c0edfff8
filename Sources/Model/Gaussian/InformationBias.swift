// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL

/// The exact bias of plug-in informations of Gaussian samples.
public enum InformationBias {
  /// By how much ½ ln(det Sx · det Sy / det S) exceeds I(x; y) on average, in nats, S the centred covariance of `n` rows of
  /// jointly Gaussian vectors of `p1` and `p2` coordinates.
  ///
  /// E ln det of a Wishart(n−1, Σ) of d dimensions is ln det Σ + d ln 2 + Σ_{i=1..d} ψ((n−i)/2), so the bias is
  /// ½[Σ_{i≤p1} ψ((n−i)/2) + Σ_{i≤p2} ψ((n−i)/2) − Σ_{i≤p1+p2} ψ((n−i)/2)].
  ///
  /// - Precondition: p1, p2 ≥ 1 and n > p1 + p2.
  public static func plugIn(n: Int, p1: Int, p2: Int) -> Double {
    precondition(p1 >= 1 && p2 >= 1 && n > p1 + p2, "n > p1 + p2")
    // The p1 first terms of the joint sum cancel those of x.
    return 0.5 * (1...p2).reduce(0) { $0 + (digamma(half: n - $1) - digamma(half: n - p1 - $1)) }
  }

  private static func digamma(half m: Int) -> Double { gsl_sf_psi(Double(m) / 2) }
}
