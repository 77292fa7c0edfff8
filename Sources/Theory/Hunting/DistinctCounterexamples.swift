// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation

extension Hunt {
  /// The counterexamples among `instances`, one of those that are the same in other coordinates, smallest first.
  ///
  /// Of the same ones the smallest stays, and of these the first.
  public func distinct(_ instances: [Instance]) -> [Certificate] {
    var best: [String: (place: Int, instance: Instance)] = [:]
    for (place, instance) in instances.enumerated() {
      let key = symmetryKey(of: instance)
      if let old = best[key], old.instance.complexity <= instance.complexity { continue }
      best[key] = (place, instance)
    }
    return best.values.sorted { ($0.instance.complexity, $0.place) < ($1.instance.complexity, $1.place) }
      .map { Certificate(claim: claim, instance: $0.instance) }
  }
}
