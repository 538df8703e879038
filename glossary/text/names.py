"""Names of people: which characters are surnames, how they are read then, and whether a name stands here.

Surname first, given name joined, both with a capital (GB/T 28039). Many surnames are everyday characters with another
reading (单 Shàn, 解 Xiè, 查 Zhā): a name is taken as one only where something speaks for it.
"""

from __future__ import annotations

# Those that hardly ever mean anything else, by frequency of their bearers.
CLEAR = frozenset(
    "刘陈赵吴徐郭郑谢邓冯曹彭潘袁董蔡蒋魏吕沈姚卢姜崔谭廖汪韦邹邱薛闫郝龚邵覃戴阎俞樊詹翟聂焦鲍倪葛邢阮褚虞岑佟"
    "甄晏柴瞿裴陆庞窦滕佘庄闻莘翁卞蔺芮羿靳邴咸籍卓蔚禹湛冉郜桂蒙莫汤汝贾秦侯尹侯缪宓沃隗谌甯臧嵇邝"
    "劉陳趙吳鄭謝鄧馮蔣呂盧薑譚韋鄒閆龔閻陸龐竇莊賈鄺"
)
# Those that are words of their own too.
OTHER = frozenset(
    "王李张杨黄周朱林何高罗梁宋唐许韩曾萧程苏叶余杜夏钟田任范方石熊金孔白康毛江史顾段雷钱洪万武乔贺赖文施牛"
    "严华殷耿关安鲁路梅童向时应车查单解仇区盖朴燕宁折种繁员乐黑过那能干卜柏匡阚纪曲逄召冼晁芦左辛古盛党项祝苗"
    "舒柯喻欧商申麻管霍涂胡孙马于易温习成丁伍房连常季习颜屈边苟揭相司温卫傅付简牟尚米计茅"
    "張楊黃羅許韓蘇葉鐘範顏錢萬喬賀嚴華關魯應車單區蓋樸燕寧種員樂過紀項祝歐塗馬溫習連邊衛傅簡"
)
# Less frequent ones, which are taken only for the first of three characters that the segmenter has as a name.
RARE = frozenset(
    "肖孟齐黎陶骆柳尤游甘包符谷兰蓝祁蒲饶艾穆农吉娄戚景宫费冷席宗全闵邬栾隋刁沙巫寇桑郎丛仲敖巩池苑迟官封谈鞠惠荆郁胥储粟楚鄢"
    "劳奚楼厉伊仝花屠练廉井漆狄宣容晋凌尚宾师商苟扈戈邸雍逯杭况印鲜诺展束檀信元幸勾茹母阿平强位"
)
# … and of the others the commonest that are rarely a noun behind 小 or 老.
COMMON = frozenset("王李张杨周朱林何高罗宋唐许韩萧程苏范孔張楊羅許韓蕭蘇範")
_COMMONEST = frozenset("王李张杨周張楊")
FOLLOWS = frozenset("和与跟同对向把被给让请在的也就都不没又来去说是有会要想能很")  # words of one character after a name
DOUBLE = frozenset(
    "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 万俟 闻人 夏侯 尉迟 公孙 慕容 长孙 宇文 令狐 皇甫 澹台 轩辕 "
    "端木 百里 呼延 拓跋 歐陽 司馬 諸葛 東方 獨孤 南宮 尉遲 公孫 長孫 澹臺 軒轅".split()
)
# Where the surname has another reading than the everyday character.
READ_SO = dict(
    pair.split("=")
    for pair in (
        "单=Shàn 仇=Qiú 解=Xiè 区=Ōu 查=Zhā 曾=Zēng 任=Rén 华=Huà 朴=Piáo 盖=Gě 燕=Yān 折=Shé 种=Chóng 繁=Pó "
        "员=Yùn 黑=Hè 过=Guō 那=Nā 能=Nài 干=Gān 卜=Bǔ 柏=Bǎi 纪=Jǐ 曲=Qū 召=Shào 冼=Xiǎn 应=Yīng 车=Chē 乐=Yuè "
        "覃=Qín 缪=Miào 翟=Zhái 葛=Gě 逄=Páng 隗=Wěi 晁=Cháo 宁=Níng 牟=Mù 相=Xiàng 令=Lìng 盛=Shèng 石=Shí 尉=Wèi "
        "於=Yū 訾=Zī 郇=Xún 乜=Niè 佴=Nài 秘=Bì 洗=Xiǎn 谌=Chén 阚=Kàn 钻=Zuān 都=Dū 俞=Yú 强=Qiáng 佘=Shé 宓=Mì "
        "俟=Qí 薄=Bó 撒=Sǎ 哈=Hǎ 万俟=Mòqí 尉迟=Yùchí 澹台=Tántái 令狐=Línghú 长孙=Zhǎngsūn 夏侯=Xiàhóu 皇甫=Huángfǔ "
        "闫=Yán 沈=Shěn 曹=Cáo 卓=Zhuó 侯=Hóu 湛=Zhàn 莘=Shēn 臧=Zāng 雷=Léi 殷=Yīn 洪=Hóng 于=Yú 樂=Yuè"
    ).split()
)
# Characters that given names are made of.
GIVEN = frozenset(
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文辉力红玉春志海波丹萍燕玲芬珍梅莉淑凤琴云莲真环雪荣爱"
    "妹香月莺媛瑞凡佳嘉琼勤贞桦娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓仪荷眉君琳媚蕴晓欢霄枫芸菲寒"
    "伊亚宜可姬舒影荔枝思翔俊峰健世广义兴良山仁宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂"
    "进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克"
    "伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘延尧忠锋森曼琪源熙洁梦宇轩浩然雨萌鑫凯翠冰苗正朝栓柱"
    "根宝财来喜东南西北方向阳光耀祖继宗传斯远道长久永恒立本守礼希望尚书铭洲渊淼润泓滨汉沛澄溪涵泉卫保定邦治理权威铁钢"
    "大小少卿坤乾鹤鸿雁岚岭岳崇崧川一二三四五六七八九十百千万某伟剑"
    "偉麗強軍艷傑濤蘭剛華國輝紅鳳雲蓮環榮愛鶯嬋穎瑤蘊曉歡亞寧貴龍勝學發飛順達進堅豪樂紹慶維啟倫鵬澤樹時鋒夢軒雨寶財東陽遠長漢衛鐵鋼劍"
)
# Characters that foreign names are written with.
ABROAD = frozenset("尔爾斯特克逊遜顿頓托夫基蒂曼姆兹茲茨萨薩莱萊娜拉罗羅伯巴纳納丁森利布尼洛勒格堡奥奧德")
# … and those of peoples of China whose names are transcribed.
TRANSCRIBED = ABROAD | frozenset(
    "阿艾安白拜班邦包保鲍贝本比彼毕别宾波博查昌达大戴丹当邓狄迪杜多俄厄恩法范方菲费芬丰冯弗佛福盖甘冈高戈哥葛根贡古"
    "瓜哈海罕汉豪赫黑亨洪侯胡华怀惠霍吉季加贾简江杰捷金津久卡凯坎康考柯科可肯孔库夸奎昆兰朗劳雷黎里理丽莉莲良列林琳龙"
    "隆卢鲁路伦吕马玛迈麦芒毛梅门蒙孟米密敏明摩莫墨默木穆乃南内年涅宁牛纽农努女诺欧帕派潘庞佩彭皮平珀普齐奇恰乔切钦琴"
    "琼丘让热仁日荣茹儒若塞赛桑瑟沙莎山尚绍舍申圣什施石史舒丝松苏索塔泰坦汤唐腾提田铁廷通图土吐瓦万旺威韦维温文沃乌吴"
    "武西希锡席夏香肖谢辛欣休许雅亚延扬耶叶伊衣依易因英永尤于约宰赞泽扎詹张珍真治朱子宗祖佐力娅买合孜江吾麦尼艳迪"
)
TITLES = frozenset(
    "先生 女士 小姐 太太 夫人 同志 老师 教授 博士 院士 医生 律师 法官 检察官 警官 记者 主任 主席 副主席 总理 副总理 "
    "总统 首相 总书记 书记 副书记 部长 副部长 省长 副省长 市长 副市长 县长 区长 镇长 乡长 村长 厅长 局长 副局长 处长 "
    "科长 司长 院长 副院长 所长 校长 副校长 会长 董事长 总经理 经理 总裁 副总裁 主编 社长 站长 队长 组长 委员 代表 "
    "秘书长 大使 将军 司令 参谋长 上将 中将 少将 师傅 大夫 导演 研究员 工程师 发言人 被告人 被告 原告 嫌疑人 "
    "犯罪嫌疑人 受害人 被害人 当事人 证人 负责人 创始人 首席执行官 作者 编辑 "
    "老師 醫生 律師 記者 總理 總統 書記 部長 省長 市長 縣長 局長 處長 院長 校長 會長 董事長 總經理 總裁 將軍".split()
)
SAYS = frozenset("说 表示 指出 认为 介绍 告诉 强调 透露 称 坦言 回忆 解释 宣布 出席 主持 说道 對 説 說 某 等".split())


def surname_of(text: str) -> str:
    """The surname that a text begins with; "" where it begins with none."""
    if text[:2] in DOUBLE and len(text) > 2:
        return text[:2]
    return text[0] if text[0] in CLEAR or text[0] in OTHER or (len(text) == 3 and text[0] in RARE) else ""


def is_familiar(surname: str) -> bool:
    """Whether 老 or 小 before a character is likely how somebody is called: 小李, but not 小车."""
    return surname in CLEAR or surname in COMMON


def is_called(word: str, kind: str) -> bool:
    """Whether a word of the segmenter, with its part of speech, is 小 or 老 and a surname: 老王, 老张; 小王来."""
    if len(word) == 3:
        return word[1] in _COMMONEST and word[2] in FOLLOWS and kind in ("nr", "x")
    return len(word) == 2 and is_familiar(word[1]) and (kind.startswith("nr") or word[1] in _COMMONEST)


TAGGED = 3.2  # what the segmenter's word for it adds


def likely(surname: str, given: str, known: bool, before: str, after: str, points: float = 0.0) -> bool:
    """Whether a surname and what follows it are a name.

    `known` says that the given name is a word of the dictionary; `before` and `after` are the words next to the name;
    `points` what else speaks for it.
    """
    if not 0 < len(given) < 3:
        return False
    if given[0] == "某" or given[-1] == "某":
        return True
    points += 2.0 if surname in CLEAR or len(surname) > 1 else 0.5
    points += sum(1 if char in GIVEN else -0.8 for char in given) * (1.2 if len(given) == 1 else 0.8)
    points -= sum(char in ABROAD for char in given)
    if len(given) == 2 and given[0] in ABROAD and given[1] in ABROAD:
        return False
    points -= 1.2 * known
    points += 2.0 * (before in TITLES) + 2.0 * (after in TITLES) + 1.2 * (after in SAYS)
    return points >= 2.4
