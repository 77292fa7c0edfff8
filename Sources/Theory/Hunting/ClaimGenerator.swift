// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import RandomInstances

extension InstanceGenerator {
  /// Instances that a claim speaks of, with this n and λ where they are given.
  package init(for claim: any Claim, n: Int? = nil, lambda: Rational? = nil) {
    var demand = InstanceDemand(claim.assumptions)
    (demand.n, demand.lambda) = (n, lambda)
    self.init(demand) { (instance: Instance) throws(InstanceError) in try claim.shaped(instance) }
  }
}
