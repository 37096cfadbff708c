/**
 * Domains that are no public suffixes themselves and have some below them, each with the nearest: a wildcard for such a
 * domain allows whoever has a site under one of these. Written by `npm run shared-domains` from the Public Suffix List in
 * tldts 7.5.5; a test holds it to the installed one.
 */
export const SHARED_DOMAINS = `
accesspoint.s3-global.amazonaws.com:mrap addr.tools:dyn ae.flow.ch:alp1
af-south-1.amazonaws.com:s3,s3-website,execute-api af-south-1.amazoncognito.com:auth
af-south-1.on.aws:airflow,lambda-url,transfer-webapp af-south-1.sagemaker.aws:studio,notebook
airflow.amazonaws.com.cn:cn-north-1,cn-northwest-1 airflow.amazonaws.com:ap-east-1,ca-west-1,eu-west-1 akershus.no:nes
amazonaws.com.cn:elb,compute,cn-north-1.eb amazonaws.com:s3,elb,s3-1
amazoncognito.com:auth.ap-east-1,auth.ap-east-2,auth.ca-west-1
amazonwebservices.com.cn:airflow.cn-north-1.on,airflow.cn-northwest-1.on,transfer-webapp.cn-north-1.on
amazonwebservices.eu:transfer-webapp.eusc-de-east-1.on,auth.cognito-idp.eusc-de-east-1.on amba.host:fn,go,app
ap-east-1.amazonaws.com:s3,s3-website,execute-api ap-east-1.amazoncognito.com:auth
ap-east-1.on.aws:airflow,lambda-url,transfer-webapp ap-east-1.sagemaker.aws:studio,notebook
ap-east-2.amazoncognito.com:auth ap-east-2.on.aws:transfer-webapp
ap-northeast-1.amazonaws.com:s3,s3-website,execute-api ap-northeast-1.amazoncognito.com:auth
ap-northeast-1.on.aws:airflow,lambda-url,transfer-webapp ap-northeast-1.sagemaker.aws:studio,labeling,notebook
ap-northeast-2.amazonaws.com:s3,s3-website,execute-api ap-northeast-2.amazoncognito.com:auth
ap-northeast-2.on.aws:airflow,lambda-url,transfer-webapp ap-northeast-2.sagemaker.aws:studio,labeling,notebook
ap-northeast-3.amazonaws.com:s3,s3-website,execute-api ap-northeast-3.amazoncognito.com:auth
ap-northeast-3.on.aws:airflow,lambda-url,transfer-webapp ap-northeast-3.sagemaker.aws:studio,notebook
ap-south-1.amazonaws.com:s3,s3-website,execute-api ap-south-1.amazoncognito.com:auth
ap-south-1.on.aws:airflow,lambda-url,transfer-webapp ap-south-1.sagemaker.aws:studio,labeling,notebook
ap-south-2.amazonaws.com:s3,s3-website,execute-api ap-south-2.amazoncognito.com:auth
ap-south-2.on.aws:airflow,transfer-webapp ap-south-2.sagemaker.aws:notebook
ap-southeast-1.amazonaws.com:s3,s3-website,execute-api ap-southeast-1.amazoncognito.com:auth
ap-southeast-1.on.aws:airflow,lambda-url,transfer-webapp ap-southeast-1.sagemaker.aws:studio,labeling,notebook
ap-southeast-2.amazonaws.com:s3,s3-website,execute-api ap-southeast-2.amazoncognito.com:auth
ap-southeast-2.on.aws:airflow,lambda-url,transfer-webapp ap-southeast-2.sagemaker.aws:studio,labeling,notebook
ap-southeast-3.amazonaws.com:s3,s3-website,execute-api ap-southeast-3.amazoncognito.com:auth
ap-southeast-3.on.aws:airflow,lambda-url,transfer-webapp ap-southeast-3.sagemaker.aws:studio,notebook
ap-southeast-4.amazonaws.com:s3,s3-website,execute-api ap-southeast-4.amazoncognito.com:auth
ap-southeast-4.on.aws:airflow,transfer-webapp ap-southeast-4.sagemaker.aws:notebook
ap-southeast-5.amazonaws.com:s3,s3-website,execute-api ap-southeast-5.amazoncognito.com:auth
ap-southeast-5.on.aws:airflow,transfer-webapp ap-southeast-6.amazoncognito.com:auth
ap-southeast-6.on.aws:transfer-webapp ap-southeast-7.amazonaws.com:consent-portal.bedrock-agentcore
ap-southeast-7.amazoncognito.com:auth ap-southeast-7.on.aws:airflow,transfer-webapp aruba.jenv-aruba.cloud:it1.eur
aseinet.ne.jp:user atlassian-dev.net:cdn.prod aws-cloud9.af-south-1.amazonaws.com:webview-assets
aws-cloud9.ap-east-1.amazonaws.com:webview-assets aws-cloud9.ap-northeast-1.amazonaws.com:webview-assets
aws-cloud9.ap-northeast-2.amazonaws.com:webview-assets aws-cloud9.ap-northeast-3.amazonaws.com:webview-assets
aws-cloud9.ap-south-1.amazonaws.com:webview-assets aws-cloud9.ap-southeast-1.amazonaws.com:webview-assets
aws-cloud9.ap-southeast-2.amazonaws.com:webview-assets aws-cloud9.ca-central-1.amazonaws.com:webview-assets
aws-cloud9.eu-central-1.amazonaws.com:webview-assets aws-cloud9.eu-north-1.amazonaws.com:webview-assets
aws-cloud9.eu-south-1.amazonaws.com:webview-assets aws-cloud9.eu-west-1.amazonaws.com:webview-assets
aws-cloud9.eu-west-2.amazonaws.com:webview-assets aws-cloud9.eu-west-3.amazonaws.com:webview-assets
aws-cloud9.il-central-1.amazonaws.com:webview-assets aws-cloud9.me-south-1.amazonaws.com:webview-assets
aws-cloud9.sa-east-1.amazonaws.com:webview-assets aws-cloud9.us-east-1.amazonaws.com:webview-assets
aws-cloud9.us-east-2.amazonaws.com:webview-assets aws-cloud9.us-west-1.amazonaws.com:webview-assets
aws-cloud9.us-west-2.amazonaws.com:webview-assets axarnet.cloud:es-1 baremetal.scw.cloud:fr-par-1,fr-par-2,nl-ams-1
bedrock-agentcore.ap-northeast-1.amazonaws.com:consent-portal
bedrock-agentcore.ap-northeast-2.amazonaws.com:consent-portal
bedrock-agentcore.ap-south-1.amazonaws.com:consent-portal bedrock-agentcore.ap-south-2.amazonaws.com:consent-portal
bedrock-agentcore.ap-southeast-1.amazonaws.com:consent-portal
bedrock-agentcore.ap-southeast-2.amazonaws.com:consent-portal
bedrock-agentcore.ap-southeast-5.amazonaws.com:consent-portal
bedrock-agentcore.ap-southeast-7.amazonaws.com:consent-portal
bedrock-agentcore.ca-central-1.amazonaws.com:consent-portal
bedrock-agentcore.eu-central-1.amazonaws.com:consent-portal bedrock-agentcore.eu-north-1.amazonaws.com:consent-portal
bedrock-agentcore.eu-south-1.amazonaws.com:consent-portal bedrock-agentcore.eu-south-2.amazonaws.com:consent-portal
bedrock-agentcore.eu-west-1.amazonaws.com:consent-portal bedrock-agentcore.eu-west-2.amazonaws.com:consent-portal
bedrock-agentcore.eu-west-3.amazonaws.com:consent-portal bedrock-agentcore.sa-east-1.amazonaws.com:consent-portal
bedrock-agentcore.us-east-1.amazonaws.com:consent-portal bedrock-agentcore.us-east-2.amazonaws.com:consent-portal
bedrock-agentcore.us-gov-west-1.amazonaws.com:consent-portal bedrock-agentcore.us-west-1.amazonaws.com:consent-portal
bedrock-agentcore.us-west-2.amazonaws.com:consent-portal beebyte.io:paas beebyteapp.io:sekd1 brendly.ba:shop
brendly.hr:shop brendly.rs:shop bubble.io:cdn buskerud.no:nes ca-central-1.amazonaws.com:s3,s3-fips,s3-website
ca-central-1.amazoncognito.com:auth ca-central-1.on.aws:airflow,lambda-url,transfer-webapp
ca-central-1.sagemaker.aws:studio,labeling,notebook ca-west-1.amazonaws.com:s3,s3-fips,s3-website
ca-west-1.amazoncognito.com:auth ca-west-1.on.aws:airflow,transfer-webapp
ca-west-1.sagemaker.aws:notebook,notebook-fips canva.site:my canvasite.cn:my cdn77-secure.org:ssl.origin cdn77.net:r
cdn77.org:c,rsc cldmail.ru:hb clever-cloud.com:services cloud.muni.cz:flt,usr
cloud9.af-south-1.amazonaws.com:vfs,webview-assets cloud9.ap-east-1.amazonaws.com:vfs,webview-assets
cloud9.ap-northeast-1.amazonaws.com:vfs,webview-assets cloud9.ap-northeast-2.amazonaws.com:vfs,webview-assets
cloud9.ap-northeast-3.amazonaws.com:vfs,webview-assets cloud9.ap-south-1.amazonaws.com:vfs,webview-assets
cloud9.ap-southeast-1.amazonaws.com:vfs,webview-assets cloud9.ap-southeast-2.amazonaws.com:vfs,webview-assets
cloud9.ca-central-1.amazonaws.com:vfs,webview-assets cloud9.eu-central-1.amazonaws.com:vfs,webview-assets
cloud9.eu-north-1.amazonaws.com:vfs,webview-assets cloud9.eu-south-1.amazonaws.com:vfs,webview-assets
cloud9.eu-west-1.amazonaws.com:vfs,webview-assets cloud9.eu-west-2.amazonaws.com:vfs,webview-assets
cloud9.eu-west-3.amazonaws.com:vfs,webview-assets cloud9.il-central-1.amazonaws.com:vfs
cloud9.me-south-1.amazonaws.com:vfs,webview-assets cloud9.sa-east-1.amazonaws.com:vfs,webview-assets
cloud9.us-east-1.amazonaws.com:vfs,webview-assets cloud9.us-east-2.amazonaws.com:vfs,webview-assets
cloud9.us-west-1.amazonaws.com:vfs,webview-assets cloud9.us-west-2.amazonaws.com:vfs,webview-assets
cloudflareanycast.net:cdn cloudflarecn.net:cdn cloudflareglobal.net:cdn cloudlets.com.au:mel cloudplatform.fi:fi
cloudscale.ch:cust,objects.lpg,objects.rma cn-north-1.amazonaws.com.cn:s3,rds,s3-website
cn-north-1.on.amazonwebservices.com.cn:airflow,transfer-webapp cn-north-1.sagemaker.com.cn:studio,notebook
cn-northwest-1.amazonaws.com.cn:s3,rds,s3-website cn-northwest-1.on.amazonwebservices.com.cn:airflow,transfer-webapp
cn-northwest-1.sagemaker.com.cn:studio,notebook code-builder-stg.platform.salesforce.com:001.test
code.com:builder,dev-builder,stg-builder cognito-idp.eusc-de-east-1.on.amazonwebservices.eu:auth contentproxy9.cz:rsc
core.usgovcloudapi.net:web,blob,file core.windows.net:web,blob,file cosidns.de:dyn crm.dev:d,w,aa
cs.amazonlightsail.com:ap-east-1,eu-west-1,eu-west-2 dappnode.io:dyndns databricksapps.com:aws,gcp,azure
databricksapps.us:aws-gov datadetect.com:demo,instance dev.thingdust.io:cust,reservd devs.ai:apps
disrec.thingdust.io:cust,reservd dogado.eu:jelastic dualstack.af-south-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-east-1.amazonaws.com:s3,s3-accesspoint
dualstack.ap-northeast-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-northeast-2.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-northeast-3.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-south-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-south-2.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-southeast-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-southeast-2.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-southeast-3.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-southeast-4.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ap-southeast-5.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.ca-central-1.amazonaws.com:s3,s3-fips,s3-website dualstack.ca-west-1.amazonaws.com:s3,s3-fips,s3-website
dualstack.cn-north-1.amazonaws.com.cn:s3,s3-website,s3-accesspoint
dualstack.cn-northwest-1.amazonaws.com.cn:s3,s3-accesspoint
dualstack.eu-central-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.eu-central-2.amazonaws.com:s3,s3-website,s3-accesspoint dualstack.eu-north-1.amazonaws.com:s3,s3-accesspoint
dualstack.eu-south-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.eu-south-2.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.eu-west-1.amazonaws.com:s3,s3-website,s3-accesspoint dualstack.eu-west-2.amazonaws.com:s3,s3-accesspoint
dualstack.eu-west-3.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.il-central-1.amazonaws.com:s3,s3-website,s3-accesspoint
dualstack.me-central-1.amazonaws.com:s3,s3-website,s3-accesspoint dualstack.me-south-1.amazonaws.com:s3,s3-accesspoint
dualstack.sa-east-1.amazonaws.com:s3,s3-website,s3-accesspoint dualstack.us-east-1.amazonaws.com:s3,s3-fips,s3-website
dualstack.us-east-2.amazonaws.com:s3,s3-fips,s3-website dualstack.us-gov-east-1.amazonaws.com:s3,s3-fips,s3-website
dualstack.us-gov-west-1.amazonaws.com:s3,s3-fips,s3-website dualstack.us-west-1.amazonaws.com:s3,s3-fips,s3-website
dualstack.us-west-2.amazonaws.com:s3,s3-fips,s3-website eb.amazonaws.com.cn:cn-north-1,cn-northwest-1
elastx.net:jls-sto1,jls-sto2,jls-sto3 emergentagent.com:preview emf.camp:at encoway.cloud:eu enscaled.us:phx
enter.pro:prod eu-central-1.amazonaws.com:s3,s3-website,execute-api eu-central-1.amazoncognito.com:auth
eu-central-1.on.aws:airflow,lambda-url,transfer-webapp eu-central-1.sagemaker.aws:studio,labeling,notebook
eu-central-2.amazonaws.com:s3,s3-website,execute-api eu-central-2.amazoncognito.com:auth
eu-central-2.on.aws:airflow,transfer-webapp eu-central-2.sagemaker.aws:studio,notebook
eu-north-1.amazonaws.com:s3,s3-website,execute-api eu-north-1.amazoncognito.com:auth
eu-north-1.on.aws:airflow,lambda-url,transfer-webapp eu-north-1.sagemaker.aws:studio,notebook
eu-south-1.amazonaws.com:s3,s3-website,execute-api eu-south-1.amazoncognito.com:auth
eu-south-1.on.aws:airflow,lambda-url,transfer-webapp eu-south-1.sagemaker.aws:studio,notebook
eu-south-2.amazonaws.com:s3,s3-website,execute-api eu-south-2.amazoncognito.com:auth
eu-south-2.on.aws:airflow,transfer-webapp eu-south-2.sagemaker.aws:studio,notebook
eu-west-1.amazonaws.com:s3,s3-website,execute-api eu-west-1.amazoncognito.com:auth
eu-west-1.on.aws:airflow,lambda-url,transfer-webapp eu-west-1.sagemaker.aws:studio,labeling,notebook
eu-west-2.amazonaws.com:s3,s3-website,execute-api eu-west-2.amazoncognito.com:auth
eu-west-2.on.aws:airflow,lambda-url,transfer-webapp eu-west-2.sagemaker.aws:studio,labeling,notebook
eu-west-3.amazonaws.com:s3,s3-website,execute-api eu-west-3.amazoncognito.com:auth
eu-west-3.on.aws:airflow,lambda-url,transfer-webapp eu-west-3.sagemaker.aws:studio,notebook
eur.aruba.jenv-aruba.cloud:it1 eusc-de-east-1.on.amazonwebservices.eu:transfer-webapp,auth.cognito-idp
evennode.com:eu-1,eu-2,eu-3 evervault.app:relay evervault.dev:relay fastly.net:map,freetls,a.ssl fbsbx.com:apps
fedoraproject.org:cloud,app.os,app.os.stg fin-ncloudstorage.com:kr.object,kr.object.private,s3-website.kr.object
flow.ch:appengine,alp1.ae forgerock.io:id fr-par.scw.cloud:s3,ddl,fnc funkfeuer.at:wien
gov-ncloudstorage.com:kr,kr-private,kr.object grok.bot:apps,pages hedmark.no:os,valer,xn--vler-qoa her.name:forgot
his.name:forgot hooc.me:seprox hordaland.no:os hosted-by-previder.com:paas hosteur.com:rag-cloud,rag-cloud-ch
hrsn.net:vps hs-heilbronn.de:pages.it,pages-research.it ik-server.com:jcloud,jcloud-ver-jpc
il-central-1.amazonaws.com:s3,s3-website,execute-api il-central-1.amazoncognito.com:auth
il-central-1.on.aws:airflow,transfer-webapp il-central-1.sagemaker.aws:studio,notebook instances.scw.cloud:pub,priv
interhostsolutions.be:cloud isk01.sakurastorage.jp:s3 isk02.sakurastorage.jp:s3
it.hs-heilbronn.de:pages,pages-research jelastic.cloud:vip jelastic.com:demo jelastic.vps-host.net:atl,njs,ric
jenv-aruba.cloud:it1,it1.eur.aruba jp4.object.ncpstorage.com:jp jp4.object.private.ncpstorage.com:jp
jp5.object.ncpstorage.com:jp jp5.object.private.ncpstorage.com:jp k2.cloud:s3,elastic,website kuleuven.be:ezproxy
lair.io:apps layershift.co.uk:j linode.com:members,nodebalancer linodeusercontent.com:ip localcert.dev:user
lpg.cloudscale.ch:objects massivegrid.com:paas massivegrid.net:fr-1.paas,ny-1.paas,ny-2.paas
me-central-1.amazonaws.com:s3,s3-website,execute-api me-central-1.amazoncognito.com:auth
me-central-1.on.aws:airflow,transfer-webapp me-central-1.sagemaker.aws:studio,notebook
me-south-1.amazonaws.com:s3,s3-website,execute-api me-south-1.amazoncognito.com:auth
me-south-1.on.aws:airflow,lambda-url,transfer-webapp me-south-1.sagemaker.aws:studio,notebook
metacentrum.cz:cloud,custom more-og-romsdal.no:heroy,sande muni.cz:flt.cloud,usr.cloud
mx-central-1.amazoncognito.com:auth mx-central-1.on.aws:transfer-webapp mynetname.net:sn mythic-beasts.com:x,vs,lynx
nabu.casa:ui ncloud.com:kr.objectstorage,sg.objectstorage ncloudstorage.com:kr,kr-naver,kr-private
ncpstorage.com:jp.object,kr.object,s3-website-jp.object neen.it:jc nftstorage.link:ipfs nl-ams.scw.cloud:s3,ddl,ifr
noc.ruhr-uni-bochum.de:io nodeart.io:stage nordland.no:bo,heroy,xn--b-5ga nospamproxy.com:cloud,o365.cloud
object.fin-ncloudstorage.com:kr,s3-website.kr object.gov-ncloudstorage.com:kr,krs,s3-website.kr
object.ncloudstorage.com:de,kr,sg object.ncpstorage.com:jp,kr,s3-website-jp object.private.fin-ncloudstorage.com:kr
object.private.gov-ncloudstorage.com:kr,krs object.private.ncloudstorage.com:kr,sg
object.private.ncpstorage.com:jp,kr,jp.jp4 objectstorage.ch:lpg,rma objectstorage.ncloud.com:kr,sg
observableusercontent.com:static
on.amazonwebservices.com.cn:airflow.cn-north-1,airflow.cn-northwest-1,transfer-webapp.cn-north-1
on.amazonwebservices.eu:transfer-webapp.eusc-de-east-1,auth.cognito-idp.eusc-de-east-1
on.aws:airflow.ap-east-1,airflow.ca-west-1,airflow.eu-west-1 onstackit.cloud:runs origin.cdn77-secure.org:ssl
ortsinfo.at:ex,kunden os.fedoraproject.org:app os.stg.fedoraproject.org:app ostfold.no:valer ovh.net:hosting,webpaas
paas.massivegrid.net:fr-1,ny-1,ny-2 party.eus:user pl-waw.scw.cloud:s3,ddl,ifr
platform.salesforce.com:001.test.code-builder-stg platform.sh:eu,us,ent ply.gg:at,d6 prgmr.com:xen
private.fin-ncloudstorage.com:kr.object private.gov-ncloudstorage.com:kr.object,krs.object
private.ncloudstorage.com:kr.object,sg.object private.ncpstorage.com:jp.object,kr.object,jp.jp4.object
prod.atlassian-dev.net:cdn prod.fastly.net:a,global prod.thingdust.io:cust project-study.com:dev
quickconnect.cn:direct quickconnect.to:direct railway.app:up rb-hosting.io:site rdpa.co:clusters,srvrless
rds.amazonaws.com:ap-east-1,ap-east-2,ca-west-1 reclaim.cloud:ca,uk,us render.com:app repost.aws:private
resinstaging.io:devices retrosnub.co.uk:cust rit.edu:git-pages rma.cloudscale.ch:objects ru-msk.k2.cloud:lb,s3,website
ru-spb.k2.cloud:lb,s3,website s3-global.amazonaws.com:mrap.accesspoint
sa-east-1.amazonaws.com:s3,s3-website,execute-api sa-east-1.amazoncognito.com:auth
sa-east-1.on.aws:airflow,lambda-url,transfer-webapp sa-east-1.sagemaker.aws:studio,notebook
sagemaker.aws:experiments,studio.ap-east-1,studio.eu-west-1
sagemaker.com.cn:studio.cn-north-1,notebook.cn-north-1,studio.cn-northwest-1 sakurastorage.jp:s3.isk01,s3.isk02
salesforce.com:001.test.code-builder-stg.platform saveincloud.net:jelastic,nordeste-idc scaleforce.com.cy:j
scaleforce.net:j scrypted.io:client scw.cloud:k8s,scalebook,smartlabeling spawn.cc:instances speedpartner.de:customer
srcf.net:soc,user ssl.fastly.net:a,b,global stg.fedoraproject.org:app.os storacha.link:ipfs storage.dev:t3
storageapi.dev:t3 tawk.email:p tawkto.email:p tb-hosting.com:site teckids.org:s3 telemark.no:bo,xn--b-5ga
test.code-builder-stg.platform.salesforce.com:001 testing.thingdust.io:cust,reservd
thingdust.io:cust.dev,cust.prod,cust.disrec transip.me:site trendhosting.cloud:ch,de typeform.com:pro
us-east-1.amazoncognito.com:auth,auth-fips us-east-1.on.aws:airflow,lambda-url,transfer-webapp
us-east-1.sagemaker.aws:studio,labeling,notebook us-east-2.amazonaws.com:s3,s3-fips,s3-website
us-east-2.amazoncognito.com:auth,auth-fips us-east-2.on.aws:airflow,lambda-url,transfer-webapp
us-east-2.sagemaker.aws:studio,labeling,notebook us-gov-east-1.amazonaws.com:s3,s3-fips,s3-website
us-gov-east-1.amazoncognito.com:auth-fips us-gov-east-1.on.aws:transfer-webapp,transfer-webapp-fips
us-gov-east-1.sagemaker.aws:studio,notebook,studio-fips us-gov-west-1.amazonaws.com:s3,s3-fips,s3-website
us-gov-west-1.amazoncognito.com:auth-fips us-gov-west-1.on.aws:transfer-webapp,transfer-webapp-fips
us-gov-west-1.sagemaker.aws:studio,notebook,studio-fips us-west-1.amazonaws.com:s3,s3-fips,s3-website
us-west-1.amazoncognito.com:auth,auth-fips us-west-1.on.aws:airflow,lambda-url,transfer-webapp
us-west-1.sagemaker.aws:studio,notebook,notebook-fips us-west-2.amazonaws.com:s3,s3-fips,s3-website
us-west-2.amazoncognito.com:auth,auth-fips us-west-2.on.aws:airflow,lambda-url,transfer-webapp
us-west-2.sagemaker.aws:studio,labeling,notebook usgovcloudapi.net:servicebus,web.core,blob.core vestfold.no:sande
w3s.link:ipfs wafaicloud.com:jed,ryd webaccel.jp:rs,user website.ncloudstorage.com:kr,kr-naver,kr-naver-dev
wiardweb.com:pages windows.net:servicebus,web.core,blob.core xn--mre-og-romsdal-qqb.no:sande,xn--hery-ira
xn--stfold-9xa.no:xn--vler-qoa za:ac,co,tm
`;
