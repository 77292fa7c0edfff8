# SPDX-License-Identifier: GPL-3.0-or-later
"""What `cch experiment views --forecasts` measures, written independently in NumPy: usage forecasts.py WEIGHT_DECAY SEED,SEED,…

Softmax students on all ordered pairs of mfeat's views, n = 200, teachers on the same rows or on 1,000, T = 2, 1,000 test rows, five folds.
"""
import os
import pathlib

os.environ.setdefault('OPENBLAS_NUM_THREADS','1')
import numpy as np, gzip, csv, sys, time
def softmax(z):
    z=z-z.max(1,keepdims=True); e=np.exp(z); return e/e.sum(1,keepdims=True)
def logsm(z):
    z=z-z.max(1,keepdims=True); return z-np.log(np.exp(z).sum(1,keepdims=True))
class Basis:
    """standardise on the training rows, rotate: Z=(X-m)/s V, r columns"""
    def __init__(s,X):
        s.m=X.mean(0); sd=X.std(0); s.s=np.where(sd>1e-12,sd,np.inf)
        A=(X-s.m)/s.s
        U,S,Vt=np.linalg.svd(A,full_matrices=False)
        k=S>S[0]*1e-10
        s.V=Vt[k].T; s.sq=S[k]**2/len(X); s.Z=U[:,k]*S[k]
    def __call__(s,X): return ((X-s.m)/s.s)@s.V
class Prob:
    """F = mean CE + lam T^2 mean KL + mu/2|W|^2 ; theta (r+1)xK, last row bias"""
    def __init__(s,basis,Y,mu): s.b=basis; s.Z=np.c_[basis.Z,np.ones(len(basis.Z))]; s.Y=Y; s.mu=mu; s.n=len(Y)
    def value(s,th,tau=None,lam=0,T=1):
        z=s.Z@th; f=-(s.Y*logsm(z)).sum()/s.n+.5*s.mu*(th[:-1]**2).sum()
        if lam: f+=lam*T*T*((tau*(np.log(np.maximum(tau,1e-300))-logsm(z/T))).sum())/s.n
        return f
    def grad(s,th,tau=None,lam=0,T=1):
        z=s.Z@th; p=softmax(z); R=p-s.Y; q=None
        if lam: q=softmax(z/T); R=R+lam*T*(q-tau)
        g=s.Z.T@R/s.n; g[:-1]+=s.mu*th[:-1]
        return g,p,q
    def hvp(s,v,p,q,lam):
        a=s.Z@v; r=p*(a-(p*a).sum(1,keepdims=True))
        if lam: r=r+lam*q*(a-(q*a).sum(1,keepdims=True))
        h=s.Z.T@r/s.n; h[:-1]+=s.mu*v[:-1]; return h
    def solve(s,g,p,q,lam,tol,maxit=500):
        c=(p*(1-p)).mean()+ (lam*(q*(1-q)).mean() if lam else 0)
        M=np.r_[c*s.b.sq+s.mu,max(c,1e-12)][:,None]
        x=np.zeros_like(g); r=g.copy(); y=r/M; d=y.copy(); ry=(r*y).sum(); stop=tol*tol*ry; it=0
        while ry>stop and it<maxit and ry>0:
            h=s.hvp(d,p,q,lam); a=ry/(d*h).sum(); x+=a*d; r-=a*h; y=r/M; n=(r*y).sum(); d=y+(n/ry)*d; ry=n; it+=1
        return x
    def step(s,th,tau=None,lam=0,T=1,tol=1e-2,g0=None):
        g,p,q=s.grad(th,tau,lam,T); gn=np.sqrt((g*g).sum())
        d=s.solve(g,p,q,lam,tol); sl=-(g*d).sum(); f=s.value(th,tau,lam,T); a=1.
        while a>1e-8:
            if s.value(th-a*d,tau,lam,T)<=f+1e-4*a*sl: break
            a/=2
        return th-a*d,gn
    def fit(s,th=None,tau=None,lam=0,T=1,eps=1e-9):
        if th is None:
            th=np.zeros((s.Z.shape[1],s.Y.shape[1])); th[-1]=np.log(s.Y.mean(0)+1e-9); th[-1]-=th[-1].mean()
        for it in range(50):
            th,gn=s.step(th,tau,lam,T,tol=1e-4)
            if gn<eps: break
        return th
def classmeans(tau,y,K): 
    out=np.empty_like(tau)
    for k in range(K): out[y==k]=tau[y==k].mean(0)
    return out
def shuffle(tau,y,K,rng):
    out=tau.copy()
    for k in range(K):
        i=np.flatnonzero(y==k); out[i]=tau[rng.permutation(i)]
    return out


from multiprocessing import Pool
D=str(pathlib.Path(__file__).resolve().parents[3] / 'fixtures/data/mfeat') + '/'
names=['fac','fou','kar','mor','pix','zer']
def load(f): return np.loadtxt(gzip.open(D+f+'.csv.gz','rt'),delimiter=',',skiprows=1,ndmin=2)
V=[load(n) for n in names]; y=load('labels')[:,-1].astype(int); K=10
def strat(y,rng):
    pl=[]
    for k in range(K):
        i=np.flatnonzero(y==k); rng.shuffle(i); ph=rng.random()
        pl+=[((j+ph)/len(i),r) for j,r in enumerate(i)]
    return np.array([r for _,r in sorted(pl)])
T=2
def one(job):
    seed,mu=job; rng=np.random.default_rng(seed)
    o=strat(y,rng); tr,ex,te=o[:200],o[200:1000],o[1000:]
    Y=np.eye(K)[y]; L=[.01,.1,1]
    rows=[]
    folds=np.arange(200)*5//200
    acc={}
    def work(fit,ev):   # positions; returns dict
        # students
        S=[]
        for v in range(6):
            b=Basis(V[v][fit]); pr=Prob(b,Y[fit],mu); th=pr.fit(); Ze=np.c_[b(V[v][ev]),np.ones(len(ev))]
            S.append((b,pr,th,Ze))
        TE={}
        for v in range(6):
            TE[v,'same']=softmax(S[v][1].Z@S[v][2]/T)
            f2=np.r_[fit,ex]; b=Basis(V[v][f2]); pr=Prob(b,Y[f2],mu); th=pr.fit()
            TE[v,'more']=softmax((np.c_[b(V[v][fit]),np.ones(len(fit))]@th)/T)
            TE[v,'more','acc']=((np.c_[b(V[v][ev]),np.ones(len(ev))]@th).argmax(1)==y[ev]).mean()
            TE[v,'same','acc']=((S[v][3]@S[v][2]).argmax(1)==y[ev]).mean()
        return S,TE
    def ce(Z,th,ev):
        z=Z@th; return -(Y[ev]*logsm(z)).sum(1).mean(), (z.argmax(1)==y[ev]).mean()
    out={}
    # truth
    S,TE=work(tr,te)
    for s in range(6):
        b,pr,th,Ze=S[s]; r0=ce(Ze,th,te)
        for t in range(6):
            if t==s: continue
            for w in ('same','more'):
                for lam in L:
                    r=ce(Ze,pr.fit(th,TE[t,w],lam,T),te)
                    out[s,t,w,lam,'true']=(r0[0]-r[0],r[1]-r0[1])
                sh=shuffle(TE[t,w],y[tr],K,rng)
                r=ce(Ze,pr.fit(th,sh,1,T),te); out[s,t,w,1,'truesh']=(r0[0]-r[0],r[1]-r0[1])
    for f in range(5):
        fit,ev=tr[folds!=f],tr[folds==f]; S,TE=work(fit,ev)
        for s in range(6):
            b,pr,th,Ze=S[s]; r0=ce(Ze,th,ev)
            g,p,q=pr.grad(th,None,0,1); gR=Ze.T@(softmax(Ze@th)-Y[ev])/len(ev)
            v=pr.solve(gR,p,None,0,1e-8); u=pr.Z@v; pT=softmax(pr.Z@th/T)
            out.setdefault((s,'cv0'),[]).append(r0)
            for w in ('same','more'):
                cand=[t for t in range(6) if t!=s]
                avg=np.mean([TE[t,w] for t in cand],0); cm=classmeans(avg,y[fit],K)
                refs={lam:pr.fit(th,cm,lam,T) for lam in L}
                for t in cand:
                    acc.setdefault((s,t,w,'slope'),[]).append((T/len(fit)*(u*(TE[t,w]-pT)).sum(),))
                    acc.setdefault((s,t,w,'tacc'),[]).append((TE[t,w,'acc'],r0[1]))
                    sh=shuffle(TE[t,w],y[fit],K,rng)
                    for lam in L:
                        r=ce(Ze,pr.fit(th,TE[t,w],lam,T),ev)
                        acc.setdefault((s,t,w,lam,'brute'),[]).append((r0[0]-r[0],r[1]-r0[1]))
                        x=refs[lam]
                        x4=x
                        for _ in range(4): x4,_=pr.step(x4,TE[t,w],lam,T,.3)
                        r=ce(Ze,x4,ev)
                        acc.setdefault((s,t,w,lam,'steps'),[]).append((r0[0]-r[0],r[1]-r0[1]))
                        if lam==1:
                            x4=x
                            for _ in range(4): x4,_=pr.step(x4,sh,lam,T,.3)
                            r=ce(Ze,x4,ev)
                            acc.setdefault((s,t,w,lam,'stepssh'),[]).append((r0[0]-r[0],r[1]-r0[1]))
    for k,v in acc.items(): out[k]=tuple(np.mean(v,0))
    return out
if __name__=='__main__':
    mu=float(sys.argv[1]); seeds=[int(a) for a in sys.argv[2].split(',')]
    t0=time.time()
    with Pool(2) as P: R=P.map(one,[(s,mu) for s in seeds],chunksize=1)
    print('time',time.time()-t0)
    conds=[(s,t,w) for s in range(6) for t in range(6) if s!=t for w in ('same','more')]
    m=lambda k,j: np.mean([r[k][j] for r in R])
    for lam in (.01,.1,1):
        for j,nm in ((0,'logloss'),(1,'acc')):
            tr=[m((*c,lam,'true'),j) for c in conds]
            print(lam,nm,'gains>0:',sum(np.array(tr)>0),
             'slope',sum((-m((*c,'slope'),0)>0)==(a>0) for c,a in zip(conds,tr)),
             'steps',sum((m((*c,lam,'steps'),j)>0)==(a>0) for c,a in zip(conds,tr)),
             'brute',sum((m((*c,lam,'brute'),j)>0)==(a>0) for c,a in zip(conds,tr)),
             'tacc',sum((m((*c,'tacc'),0)>m((*c,'tacc'),1))==(a>0) for c,a in zip(conds,tr)))
            # regret per seed
            for rule,key in (('steps',lambda r,s,t,w:r[s,t,w,lam,'steps'][j]),('brute',lambda r,s,t,w:r[s,t,w,lam,'brute'][j]),('tacc',lambda r,s,t,w:r[s,t,w,'tacc'][0]),('slope',lambda r,s,t,w:-r[s,t,w,'slope'][0])):
                reg=[]
                for r in R:
                    for s in range(6):
                        for w in ('same','more'):
                            c=[t for t in range(6) if t!=s]
                            b=max(c,key=lambda t:key(r,s,t,w)); g=[r[s,t,w,lam,'true'][j] for t in c]
                            reg.append(max(g)-r[s,b,w,lam,'true'][j])
                print('   regret',rule,round(np.mean(reg),4),end='')
            print()
    print("shuf", sum(m((*c,1,'true'),0)-m((*c,1,'truesh'),0)>0 for c in conds),'steps minus shuffled right', sum((m((*c,1,'steps'),0)-m((*c,1,'stepssh'),0)>0)==(m((*c,1,'true'),0)-m((*c,1,'truesh'),0)>0) for c in conds))
