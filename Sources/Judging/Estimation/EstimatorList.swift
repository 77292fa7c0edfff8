// SPDX-License-Identifier: GPL-3.0-or-later
/// The estimators of this library by name, with their usual parameters.
public enum EstimatorList {
  /// The estimators, in the order in which they are listed.
  ///
  /// - Parameter threads: how many threads each may use.
  public static func all(threads: Int = 1) -> [any MutualInformationEstimator] {
    let plain: [any MutualInformationEstimator] = [
      KSG(.square, threads: threads), KSG(.rectangle, threads: threads), GaussianPlugIn(),
      GaussianPlugIn(correction: .none), MixedKSG(threads: threads), Ross(threads: threads), Counts(),
      AutomaticEstimator(threads: threads),
    ]
    // Their usual parameters are valid, so that none is missing.
    let neural: [(any MutualInformationEstimator)?] = [try? MINE(), try? LatentMI()]
    return plain + neural.compactMap { $0 }
  }

  /// The estimator called `name`; nil where there is none.
  public static func named(_ name: String, threads: Int = 1) -> (any MutualInformationEstimator)? {
    all(threads: threads).first { $0.name == name }
  }
}
