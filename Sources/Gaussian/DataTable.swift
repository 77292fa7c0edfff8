import ExactAlgebra
/// stub being replaced
public struct DataTable { public init(bytes: some Collection<UInt8>) throws {}
 func x() {}
 public func covariance(of c: [String]) throws -> RationalMatrix { RationalMatrix.identity(2) } }
