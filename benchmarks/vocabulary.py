"""Vocabulary of the generated catalogs, in Chinese, pinyin and English."""

from typing import NamedTuple


class Word(NamedTuple):
    """One word in Chinese, pinyin (syllables separated by spaces) and English."""

    zh: str
    pinyin: str
    en: str


def _words(table: str) -> tuple[Word, ...]:
    """Parse a table with one word per line: ``zh | pinyin | en``."""
    return tuple(Word(*(part.strip() for part in line.split("|"))) for line in table.strip().splitlines())


def _listed(table: str) -> tuple[str, ...]:
    return tuple(table.split())


DEVICES = _words("""
    自助收银机 | zi zhu shou yin ji | self-checkout
    加油机 | jia you ji | fuel pump
    咖啡机 | ka fei ji | coffee machine
    标签秤 | biao qian cheng | label scale
    点餐屏 | dian can ping | ordering screen
    叫号器 | jiao hao qi | queue caller
    厨房打印机 | chu fang da yin ji | kitchen printer
    会员读卡器 | hui yuan du ka qi | member card reader
    停车闸机 | ting che zha ji | parking barrier
    售货机 | shou huo ji | vending machine
    充值机 | chong zhi ji | top-up kiosk
    验钞机 | yan chao ji | banknote checker
    零钱机 | ling qian ji | coin changer
    取餐柜 | qu can gui | pick-up locker
    盘点枪 | pan dian qiang | stock counter
    人脸支付机 | ren lian zhi fu ji | face payment stand
    手持终端 | shou chi zhong duan | handheld terminal
    税控盘 | shui kong pan | tax module
    发票机 | fa piao ji | invoice printer
    顾客显示屏 | gu ke xian shi ping | customer display
    洗车机 | xi che ji | car wash
    门禁机 | men jin ji | door controller
    监控主机 | jian kong zhu ji | camera recorder
    价签网关 | jia qian wang guan | price tag gateway
    条码秤 | tiao ma cheng | barcode scale
    打卡钟 | da ka zhong | time clock
    冷柜 | leng gui | freezer
    存包柜 | cun bao gui | bag locker
    礼品卡机 | li pin ka ji | gift card machine
    彩票机 | cai piao ji | lottery terminal
""")

PARTS = _words("""
    滚轴 | gun zhou | roller
    传感器 | chuan gan qi | sensor
    齿轮 | chi lun | gear
    皮带 | pi dai | belt
    风扇 | feng shan | fan
    天线 | tian xian | antenna
    底座 | di zuo | base
    指示灯 | zhi shi deng | indicator
    保险丝 | bao xian si | fuse
    变压器 | bian ya qi | transformer
    主板 | zhu ban | main board
    排线 | pai xian | ribbon cable
    摄像头 | she xiang tou | camera
    镜头 | jing tou | lens
    门锁 | men suo | door lock
    弹簧 | tan huang | spring
    螺丝 | luo si | screw
    旋钮 | xuan niu | knob
    支架 | zhi jia | bracket
    托盘 | tuo pan | tray
    硬币槽 | ying bi cao | coin slot
    纸币口 | zhi bi kou | note slot
    电磁阀 | dian ci fa | solenoid
    加热片 | jia re pian | heater
    压力头 | ya li tou | pressure head
    存储卡 | cun chu ka | memory card
    许可证 | xu ke zheng | licence
    固件 | gu jian | firmware
    数据库 | shu ju ku | database
    缓存 | huan cun | cache
    网桥 | wang qiao | bridge
    交换机 | jiao huan ji | network switch
    防火墙规则 | fang huo qiang gui ze | firewall rule
    时间服务 | shi jian fu wu | time service
    消息队列 | xiao xi dui lie | message queue
    库存表 | ku cun biao | stock table
    促销规则 | cu xiao gui ze | promotion rule
    会员积分 | hui yuan ji fen | loyalty points
    电子发票 | dian zi fa piao | e-invoice
    班次报表 | ban ci bao biao | shift report
""")

FAULTS = _words("""
    抖动 | dou dong | shakes
    打滑 | da hua | slips
    异响 | yi xiang | rattles
    漏电 | lou dian | leaks current
    生锈 | sheng xiu | rusts
    松脱 | song tuo | comes loose
    断裂 | duan lie | breaks
    偏移 | pian yi | drifts
    堵塞 | du se | clogs
    失灵 | shi ling | fails
    不同步 | bu tong bu | is out of step
    读数不准 | du shu bu zhun | reads wrongly
    对不齐 | dui bu qi | is misaligned
    跳闸 | tiao zha | trips the breaker
    进灰 | jin hui | gathers dust
    结霜 | jie shuang | frosts over
    闪烁 | shan shuo | flickers
    报警 | bao jing | raises an alarm
    超载 | chao zai | is overloaded
    欠压 | qian ya | gets too little voltage
    丢数据 | diu shu ju | loses data
    不更新 | bu geng xin | does not refresh
    排不上队 | pai bu shang dui | misses its turn
    重复上传 | chong fu shang chuan | uploads twice
    校准失败 | xiao zhun shi bai | cannot be calibrated
    版本不符 | ban ben bu fu | has another version
    授权用尽 | shou quan yong jin | has no licence left
    连接被拒 | lian jie bei ju | is turned away
    响应太慢 | xiang ying tai man | answers too slowly
    开关失效 | kai guan shi xiao | does not switch
""")

PLACES = _words("""
    前台 | qian tai | front desk
    二楼 | er lou | second floor
    仓库 | cang ku | storeroom
    后厨 | hou chu | kitchen
    门口 | men kou | entrance
    停车场 | ting che chang | car park
    吧台 | ba tai | bar
    露台 | lu tai | terrace
    试衣间 | shi yi jian | fitting room
    鲜鱼柜 | xian yu gui | fish counter
    水果区 | shui guo qu | fruit section
    药品柜 | yao pin gui | pharmacy shelf
    加油岛 | jia you dao | pump island
    自助区 | zi zhu qu | self-service area
    客服台 | ke fu tai | service desk
    包间 | bao jian | private room
    快餐窗口 | kuai can chuang kou | takeaway window
    烘焙间 | hong bei jian | bakery
    行李处 | xing li chu | luggage desk
    游泳馆 | you yong guan | pool
    健身房 | jian shen fang | gym
    展位 | zhan wei | fair stand
    集市摊 | ji shi tan | market stall
    渡轮 | du lun | ferry
""")

TIMES = _words("""
    下雨天 | xia yu tian | in the rain
    早高峰 | zao gao feng | in the morning rush
    换班后 | huan ban hou | after a shift change
    月底 | yue di | at the end of the month
    打雷后 | da lei hou | after a thunderstorm
    搬动后 | ban dong hou | after it was moved
    清洁后 | qing jie hou | after cleaning
    促销日 | cu xiao ri | on a sale day
    零下时 | ling xia shi | below freezing
    夏令时 | xia ling shi | with summer time
    补货时 | bu huo shi | while restocking
    盘点时 | pan dian shi | during stocktaking
    夜里 | ye li | at night
    周末 | zhou mo | on weekends
    长假后 | chang jia hou | after a long holiday
    换电池后 | huan dian chi hou | after a new battery
""")

SYLLABLES = _words("""
    安 | an | an
    博 | bo | bor
    诚 | cheng | chen
    达 | da | dar
    恩 | en | enn
    丰 | feng | fen
    冠 | guan | gual
    海 | hai | hai
    嘉 | jia | jal
    凯 | kai | kay
    朗 | lang | lang
    铭 | ming | min
    诺 | nuo | nor
    鹏 | peng | pel
    启 | qi | kit
    瑞 | rui | ruy
    盛 | sheng | shen
    泰 | tai | tay
    维 | wei | vey
    欣 | xin | zin
    雅 | ya | yar
    卓 | zhuo | zor
""")
"""A maker's name consists of two or three of these."""

CODE_WORDS = _listed("""
    AXLE BATCH BELT BUFFER CACHE CHUTE CLOCK COIN DOCK DRIVE FEED FIRMWARE GATE HEATER HOPPER LAMP LATCH
    LENS LICENCE LOCK MODULE MOTOR NOTE PANEL POINTS PUMP QUEUE RELAY REPORT ROLLER SCALE SENSOR SHIFT
    SLOT SOLENOID STOCK SWITCH TABLE TAG TRAY VALVE VOUCHER
""")
CODE_ENDS = _listed("""
    ABSENT BLOCKED BROKEN BUSY CLOGGED CONFLICT CORRUPT DENIED DRIFT EMPTY EXCEEDED EXHAUSTED FULL JAMMED
    LATE LOCKED LOOSE LOST MISALIGNED MISMATCH OPEN OVERLOAD REFUSED RESET STALE STUCK TIMEOUT UNKNOWN
""")
"""A word code joins one of ``CODE_WORDS`` and one of ``CODE_ENDS``: ``ROLLER_STUCK``."""
